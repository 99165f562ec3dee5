/**
 * Reading fields of JSON objects that a peer sent: a missing required field, or one of the wrong
 * type, is an error that names it; it never counts as zero. Unknown fields are ignored. And what is
 * left to do of writing them.
 */
#ifndef COGBASE_JSON_H
#define COGBASE_JSON_H

#include <cogpromote/error.h>

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Parses one JSON object with nothing but white space behind it.
 *
 * @param out_json owned by the caller, cJSON_Delete() it
 * @return COG_OK, or COG_ERROR_PROTOCOL: not JSON, not an object, or (cJSON does not tell) no
 * memory
 */
enum cog_code cog_json_parse_object(const char *text, size_t length, cJSON **out_json,
                                    struct cog_error *error) COG_CHECK;

/** Borrows the string. @return COG_OK, or COG_ERROR_PROTOCOL: "field 'x' is missing", … */
enum cog_code cog_json_string(const cJSON *object, const char *name, const char **out_string,
                              struct cog_error *error) COG_CHECK;

/** As above; absent or null leaves `out_string` NULL and is COG_OK. */
enum cog_code cog_json_string_optional(const cJSON *object, const char *name,
                                       const char **out_string, struct cog_error *error) COG_CHECK;

/** Copies into a buffer; too long is COG_ERROR_PROTOCOL. */
enum cog_code cog_json_string_copy(const cJSON *object, const char *name, char *buffer,
                                   size_t buffer_size, struct cog_error *error) COG_CHECK;

/** A whole number between the limits, both included. */
enum cog_code cog_json_integer(const cJSON *object, const char *name, int64_t minimum,
                               int64_t maximum, int64_t *out_integer,
                               struct cog_error *error) COG_CHECK;

/** A finite number. */
enum cog_code cog_json_number(const cJSON *object, const char *name, double *out_number,
                              struct cog_error *error) COG_CHECK;

enum cog_code cog_json_boolean(const cJSON *object, const char *name, bool *out_boolean,
                               struct cog_error *error) COG_CHECK;

/** The item's type for a message, with its article: "a string", "an object", "null". */
const char *cog_json_type_name(const cJSON *item);

/** Adds a string; what there is none of is null, not "". @return false for no memory */
bool cog_json_add_text(cJSON *object, const char *name, const char *text) COG_CHECK;

/**
 * Prints without white space.
 *
 * @param json NULL: there was no memory for it
 * @param out_text owned by the caller, free() it
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code cog_json_print(const cJSON *json, char **out_text, struct cog_error *error) COG_CHECK;

/** For COG_CLEANUP on a `cJSON *`; a string that cJSON printed takes `cog_string_finish`. */
void cog_json_finish(cJSON **json);

#endif
