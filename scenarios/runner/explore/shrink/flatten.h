/** One run of a scenario with cases and calls, as a scenario of its own. */
#ifndef SCN_FLATTEN_H
#define SCN_FLATTEN_H

#include <cogbase/document.h>

/**
 * The run of that name, without `cases` and `calls`: what the case changes is changed, and each
 * fault says its call and what it injects.
 *
 * @param case_name "CASE", "CALL" or "CALL.CASE"; NULL: the scenario must have neither
 * @param out_scenario owned by the caller, cJSON_Delete() it
 * @return COG_OK; COG_ERROR_SYNTAX: there is no such run, or one has to be chosen; COG_ERROR_MEMORY
 */
enum cog_code scn_flatten(const struct cog_document *document, const char *case_name,
                          cJSON **out_scenario, struct cog_error *error) COG_CHECK;

#endif
