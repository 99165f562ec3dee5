#include "report/member.h"

#include <cogbase/json.h>
#include <cogbase/number.h>

#include <inttypes.h>
#include <string.h>

static const char *name_type(int type)
{
    const cJSON likeness = {.type = type};
    return cog_json_type_name(&likeness);
}

static enum cog_code check(const cJSON *object, const struct scn_member *member,
                           struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, member->name);
    if (node == NULL) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "'%s' is missing", member->name);
    }
    /* cJSON has a type for each of the booleans. */
    const int type = cJSON_IsBool(node) ? cJSON_False : node->type & 0xff;
    if (type == member->type || (member->may_be_null && type == cJSON_NULL)) {
        return COG_OK;
    }
    return cog_error_set(error, COG_ERROR_SYNTAX, "'%s' is %s, expected %s%s", member->name,
                         cog_json_type_name(node), name_type(member->type),
                         member->may_be_null ? " or null" : "");
}

enum cog_code scn_members_check(const cJSON *object, const struct scn_member *members,
                                struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (; code == COG_OK && members->name != NULL; members++) {
        code = check(object, members, error);
    }
    return code;
}

enum cog_code scn_member_integer(const cJSON *object, const char *name, int64_t minimum,
                                 int64_t maximum, int64_t *out_number, struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!cJSON_IsNumber(node) ||
        !cog_number_to_integer(node->valuedouble, minimum, maximum, out_number)) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "'%s': expected a whole number from %" PRId64 " to %" PRId64, name,
                             minimum, maximum);
    }
    return COG_OK;
}

enum cog_code scn_member_word(const cJSON *object, const char *name, const char *const *words,
                              int *out_index, struct cog_error *error)
{
    const char *word = scn_member_string(object, name);
    for (int i = 0; word != NULL && words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            *out_index = i;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_SYNTAX, "'%s' is '%s', which is none of its words", name,
                         word != NULL ? word : "");
}

const char *scn_member_string(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}
