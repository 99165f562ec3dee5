/** The value of an `Authorization: Basic` header (RFC 7617). */
#ifndef BASIC_H
#define BASIC_H

#include <cogpromote/config.h>
#include <cogpromote/error.h>

/**
 * "Basic …".
 *
 * @param out_value owned by the caller, who releases it with `cog_secret_finish`
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code cog_basic_format(const char *client_id, const char *client_secret,
                               enum cog_basic_encoding encoding, char **out_value,
                               struct cog_error *error) COG_CHECK;

#endif
