/** The client's settings as a scenario gives them. */
#ifndef SCN_OPTION_H
#define SCN_OPTION_H

#include <cogbase/document.h>
#include <cogpromote/config.h>

/**
 * The settings of a scenario that gives none: the default world's client, source and target.
 *
 * @param host "127.0.0.1:PORT"
 * @param out_config the caller's to finish
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_options_default(const char *host, bool has_webhook, struct cog_config *out_config,
                                  struct cog_error *error) COG_CHECK;

/**
 * Sets each member of `options` (an object of strings, numbers and booleans).
 *
 * @param out_refused the member whose value the client refuses; written with that code only
 * @return COG_OK; COG_ERROR_SYNTAX at the member that is wrong; COG_ERROR_CONFIGURATION: the
 *         client's own words; COG_ERROR_MEMORY
 */
enum cog_code scn_options_apply(const struct cog_document *document, const cJSON *options,
                                struct cog_config *config, const cJSON **out_refused,
                                struct cog_error *error) COG_CHECK;

#endif
