#include "explore/report/members.h"
#include "report/member.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static const struct scn_member members[] = {
    {"name", cJSON_String, false},
    {"file", cJSON_String, false},
    {"depths", cJSON_Array, false},
    {NULL, 0, false},
};

/* The numbers of an effort, each with its name. */
static const struct {
    const char *name;
    size_t offset;
} numbers[] = {
    {"possible", offsetof(struct scn_effort, possible_count)},
    {"runs", offsetof(struct scn_effort, run_count)},
    {"idle", offsetof(struct scn_effort, idle_count)},
    {"pruned", offsetof(struct scn_effort, pruned_count)},
    {"failed", offsetof(struct scn_effort, failed_count)},
    {"inconclusive", offsetof(struct scn_effort, inconclusive_count)},
};

enum { NUMBER_COUNT = sizeof numbers / sizeof numbers[0] };

static void write_effort(struct scn_json_text *json, int depth, const struct scn_effort *effort)
{
    scn_json_text_open(json, NULL, '{');
    scn_json_text_integer(json, "depth", depth);
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        size_t number = 0;
        memcpy(&number, (const char *)effort + numbers[i].offset, sizeof number);
        scn_json_text_integer(json, numbers[i].name, (int64_t)number);
    }
    scn_json_text_integer(json, "virtual_ms", effort->virtual_ms);
    scn_json_text_close(json, '}');
}

void scn_base_members_write(struct scn_json_text *json, const struct scn_exploration *exploration,
                            int depth)
{
    scn_members_open_line(json, "bases", '[');
    for (size_t i = 0; i < exploration->base_count; i++) {
        const struct scn_explored_base *base = &exploration->bases[i];
        scn_members_open_line(json, NULL, '{');
        scn_json_text_string(json, "name", base->name);
        scn_json_text_string(json, "file", base->path);
        scn_json_text_integer(json, "sites", (int64_t)base->site_count);
        scn_json_text_open(json, "depths", '[');
        for (int j = 0; j < depth; j++) {
            write_effort(json, j + 1, &base->depths[j]);
        }
        scn_json_text_close(json, ']');
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}

static enum cog_code read_effort(const cJSON *object, int depth, struct scn_effort *effort,
                                 struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = scn_member_integer(object, "depth", depth, depth, &number, error);
    for (size_t i = 0; code == COG_OK && i < NUMBER_COUNT; i++) {
        code =
            scn_member_integer(object, numbers[i].name, 0, COG_NUMBER_INTEGER_MAX, &number, error);
        const size_t count = (size_t)number;
        memcpy((char *)effort + numbers[i].offset, &count, sizeof count);
    }
    return code == COG_OK ? scn_member_integer(object, "virtual_ms", 0, COG_NUMBER_INTEGER_MAX,
                                               &effort->virtual_ms, error)
                          : code;
}

static enum cog_code read_depths(const cJSON *object, int depth, struct scn_explored_base *base,
                                 struct cog_error *error)
{
    const cJSON *depths = cJSON_GetObjectItemCaseSensitive(object, "depths");
    const int count = cJSON_GetArraySize(depths);
    if (count != depth) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "'depths' of '%s' has %d entries, and 'depth' is %d", base->name,
                             count, depth);
    }
    enum cog_code code = COG_OK;
    for (int i = 0; code == COG_OK && i < depth; i++) {
        code = read_effort(cJSON_GetArrayItem(depths, i), i + 1, &base->depths[i], error);
    }
    return code;
}

static char *clone(const char *string)
{
    return cog_string_clone(string, strlen(string));
}

static enum cog_code read_base(const cJSON *object, int depth, struct scn_explored_base *base,
                               struct cog_error *error)
{
    int64_t site_count = 0;
    enum cog_code code = scn_members_check(object, members, error);
    if (code == COG_OK) {
        code = scn_member_integer(object, "sites", 0, COG_NUMBER_INTEGER_MAX, &site_count, error);
    }
    if (code != COG_OK) {
        return code;
    }
    base->site_count = (size_t)site_count;
    base->name = clone(scn_member_string(object, "name"));
    base->path = clone(scn_member_string(object, "file"));
    return base->name != NULL && base->path != NULL
               ? read_depths(object, depth, base, error)
               : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code scn_base_members_read(const cJSON *object, int depth,
                                    struct scn_exploration *exploration, struct cog_error *error)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "bases");
    const cJSON *node = NULL;
    enum cog_code code = COG_OK;
    exploration->bases = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *exploration->bases);
    if (exploration->bases == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    cJSON_ArrayForEach(node, list)
    {
        if (code == COG_OK) {
            code = read_base(node, depth, &exploration->bases[exploration->base_count++], error);
        }
    }
    return code;
}
