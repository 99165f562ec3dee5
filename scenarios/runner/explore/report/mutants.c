#include "explore/report/mutants.h"

#include "report/member.h"

#include <cogbase/json.h>

static const struct scn_member members[] = {
    {"name", cJSON_String, false}, {"what", cJSON_String, false},   {"by", cJSON_String, false},
    {"ms", cJSON_Number, false},   {"problem", cJSON_String, true}, {NULL, 0, false},
};

enum cog_code scn_mutants_format(const cJSON *list, char **out_json, struct cog_error *error)
{
    size_t number = 1;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, list)
    {
        enum cog_code code = scn_members_check(entry, members, error);
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "mutant %zu", number);
        }
        number++;
    }
    return cog_json_print(list, out_json, error);
}

enum cog_code scn_mutants_parse(const char *name, const char *text, char **out_json,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *list = cJSON_ParseWithOpts(text, NULL, true);
    struct cog_error cause = {0};
    if (!cJSON_IsArray(list)) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "%s: expected a list, as 'scripts/mutants --json' writes it", name);
    }
    enum cog_code code = scn_mutants_format(list, out_json, &cause);
    char message[COG_ERROR_MESSAGE_SIZE];
    return code == COG_OK ? COG_OK
                          : cog_error_set(error, code, "%s: %s", name,
                                          cog_error_text(&cause, message, sizeof message));
}
