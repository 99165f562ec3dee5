#include "report/results_skips.h"

#include "report/member.h"

#include <stdlib.h>
#include <string.h>

static const struct scn_member skip_members[] = {
    {"name", cJSON_String, false},
    {"file", cJSON_String, false},
    {"reason", cJSON_String, false},
    {NULL, 0, false},
};

static enum cog_code read_skip(const cJSON *node, size_t selected_count,
                               struct scn_results_skip *out_skip, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code =
        scn_member_integer(node, "number", 1, (int64_t)selected_count, &number, error);
    if (code == COG_OK) {
        code = scn_members_check(node, skip_members, error);
    }
    if (code == COG_OK) {
        *out_skip = (struct scn_results_skip){
            .number = (size_t)number,
            .name = scn_member_string(node, "name"),
            .file = scn_member_string(node, "file"),
            .reason = scn_member_string(node, "reason"),
        };
    }
    return code;
}

static enum cog_code read_list(const cJSON *list, size_t selected_count,
                               struct scn_results_skips *skips, struct cog_error *error)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, list)
    {
        struct scn_results_skip *skip = &skips->items[skips->count];
        enum cog_code code = read_skip(node, selected_count, skip, error);
        if (code != COG_OK) {
            return code;
        }
        if (skips->count > 0 && skip->number <= skip[-1].number) {
            return cog_error_set(error, COG_ERROR_SYNTAX,
                                 "'skipped': number %zu stands behind number %zu", skip->number,
                                 skip[-1].number);
        }
        skips->count++;
    }
    return COG_OK;
}

enum cog_code scn_results_skips_read(const cJSON *head, size_t selected_count,
                                     struct scn_results_skips *out_skips, struct cog_error *error)
{
    COG_CLEANUP(scn_results_skips_finish) struct scn_results_skips skips = {0};
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(head, "skipped");
    if (list != NULL && !cJSON_IsArray(list)) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "'skipped': expected a list");
    }
    skips.items = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *skips.items);
    if (skips.items == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = read_list(list, selected_count, &skips, error);
    if (code != COG_OK) {
        return code;
    }
    *out_skips = skips;
    skips = (struct scn_results_skips){0};
    return COG_OK;
}

static int compare(const void *left_skip, const void *right_skip)
{
    const struct scn_results_skip *left = left_skip;
    const struct scn_results_skip *right = right_skip;
    return (left->number > right->number) - (left->number < right->number);
}

enum cog_code scn_results_skips_add(struct scn_results_skips *skips,
                                    const struct scn_results_skips *others)
{
    const size_t count = skips->count + others->count;
    struct scn_results_skip *items = realloc(skips->items, (count + 1) * sizeof *items);
    if (items == NULL) {
        return COG_ERROR_MEMORY;
    }
    if (others->count > 0) {
        memcpy(items + skips->count, others->items, others->count * sizeof *items);
    }
    qsort(items, count, sizeof *items, compare);
    skips->items = items;
    skips->count = count;
    return COG_OK;
}

bool scn_results_skips_has(const struct scn_results_skips *skips, size_t number)
{
    for (size_t i = 0; i < skips->count; i++) {
        if (skips->items[i].number == number) {
            return true;
        }
    }
    return false;
}

void scn_results_skips_finish(struct scn_results_skips *skips)
{
    free(skips->items);
    *skips = (struct scn_results_skips){0};
}
