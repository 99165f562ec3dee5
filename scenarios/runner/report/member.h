/** Members of the JSON of results, by their names and types. */
#ifndef SCN_MEMBER_H
#define SCN_MEMBER_H

#include <cjson/cJSON.h>
#include <cogpromote/error.h>
#include <stdbool.h>
#include <stdint.h>

struct scn_member {
    const char *name;
    int type; /**< cJSON_String, …; cJSON_False for either boolean. */
    bool may_be_null;
};

/**
 * Whether all are there, each of its type; others may be there too.
 *
 * @param members ends with a NULL name
 * @return COG_OK, or COG_ERROR_SYNTAX: "'exit' is missing", "'exit' is a string, expected a number"
 */
enum cog_code scn_members_check(const cJSON *object, const struct scn_member *members,
                                struct cog_error *error) COG_CHECK;

/** A whole number between the limits. @return COG_OK, or COG_ERROR_SYNTAX that names it */
enum cog_code scn_member_integer(const cJSON *object, const char *name, int64_t minimum,
                                 int64_t maximum, int64_t *out_number,
                                 struct cog_error *error) COG_CHECK;

/** One of `words`, which ends with NULL. @return as above */
enum cog_code scn_member_word(const cJSON *object, const char *name, const char *const *words,
                              int *out_index, struct cog_error *error) COG_CHECK;

/** The string; NULL for null, and for none. */
const char *scn_member_string(const cJSON *object, const char *name);

#endif
