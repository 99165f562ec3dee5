#include "explore/report/stored.h"

#include "explore/report/members.h"
#include "explore/report/mutants.h"
#include "explore/report/report.h"
#include "report/member.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { VERSION_MAX = 1000000 };

static const struct scn_member members[] = {
    {"interrupted", cJSON_False, false},
    {"bases", cJSON_Array, false},
    {"failures", cJSON_Array, false},
    {"groups", cJSON_Array, false},
    {"cells", cJSON_Array, false},
    {"matrix", cJSON_Array, false},
    {"mutants", cJSON_Array, true},
    {"timing", cJSON_Object, false},
    {NULL, 0, false},
};

bool scn_stored_exploration_is(const char *text)
{
    static const char start[] = "{\"format\":\"" SCN_EXPLORATION_FORMAT "\",";
    return strncmp(text, start, sizeof start - 1) == 0;
}

/* Where a text went wrong. */
static enum cog_code fail_at(const char *name, const char *text, const char *end,
                             struct cog_error *error)
{
    int line = 1;
    const char *begin = text;
    for (const char *at = text; at < end; at++) {
        if (*at == '\n') {
            line++;
            begin = at + 1;
        }
    }
    return cog_error_set(error, COG_ERROR_SYNTAX, "%s:%d:%td: not JSON, or cut off", name, line,
                         end - begin + 1);
}

static enum cog_code check_version(const cJSON *root, struct cog_error *error)
{
    int64_t version = 0;
    enum cog_code code = scn_member_integer(root, "version", 1, VERSION_MAX, &version, error);
    if (code == COG_OK && version != SCN_EXPLORATION_VERSION) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "version %d of the format, this program reads version %d",
                             (int)version, SCN_EXPLORATION_VERSION);
    }
    return code;
}

/* More failures than failed runs: somebody has changed one of them. */
static enum cog_code check_sums(const struct scn_exploration *exploration, struct cog_error *error)
{
    const struct scn_effort all = scn_exploration_sum_all(exploration);
    const size_t wrong_count = all.failed_count + all.inconclusive_count;
    return exploration->discovery_count <= wrong_count
               ? COG_OK
               : cog_error_set(error, COG_ERROR_SYNTAX,
                               "'failures' has %zu entries, and the bases count %zu",
                               exploration->discovery_count, wrong_count);
}

static enum cog_code read_mutants(const cJSON *root, struct scn_stored_exploration *stored,
                                  struct cog_error *error)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "mutants");
    enum cog_code code =
        cJSON_IsNull(list) ? COG_OK : scn_mutants_format(list, &stored->mutants, error);
    stored->origin.mutants = stored->mutants;
    return code;
}

static enum cog_code read_exploration(const cJSON *root, struct scn_stored_exploration *stored,
                                      struct cog_error *error)
{
    struct scn_exploration *exploration = &stored->exploration;
    enum cog_code code = scn_base_members_read(root, stored->origin.depth, exploration, error);
    if (code == COG_OK) {
        code = scn_discovery_members_read(root, exploration, error);
    }
    if (code == COG_OK) {
        code = scn_reach_members_read(root, exploration, error);
    }
    if (code == COG_OK) {
        code = scn_timing_members_read(root, exploration, error);
    }
    exploration->is_interrupted =
        cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(root, "interrupted"));
    return code == COG_OK ? check_sums(exploration, error) : code;
}

static enum cog_code read_all(const cJSON *root, struct scn_stored_exploration *stored,
                              struct cog_error *error)
{
    enum cog_code code = check_version(root, error);
    if (code == COG_OK) {
        code = scn_origin_members_read(root, &stored->origin, error);
    }
    if (code == COG_OK) {
        code = scn_members_check(root, members, error);
    }
    if (code == COG_OK) {
        code = read_exploration(root, stored, error);
    }
    return code == COG_OK ? read_mutants(root, stored, error) : code;
}

static enum cog_code place(const char *name, enum cog_code code, const struct cog_error *cause,
                           struct cog_error *error)
{
    char text[COG_ERROR_MESSAGE_SIZE];
    return code == COG_OK ? COG_OK
                          : cog_error_set(error, code, "%s: %s", name,
                                          cog_error_text(cause, text, sizeof text));
}

enum cog_code scn_stored_exploration_parse(const char *name, const char *text,
                                           struct scn_stored_exploration *out_stored,
                                           struct cog_error *error)
{
    COG_CLEANUP(scn_stored_exploration_finish) struct scn_stored_exploration stored = {0};
    const char *end = NULL;
    if (!scn_stored_exploration_is(text)) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "%s:1:1: expected what 'cogdrill explore --json' writes", name);
    }
    stored.root = cJSON_ParseWithOpts(text, &end, true);
    if (stored.root == NULL) {
        return fail_at(name, text, end != NULL ? end : text, error);
    }
    stored.name = cog_string_clone(name, strlen(name));
    if (stored.name == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    struct cog_error cause = {0};
    enum cog_code code = read_all(stored.root, &stored, &cause);
    if (code == COG_OK) {
        *out_stored = stored;
        stored = (struct scn_stored_exploration){0};
    }
    return place(name, code, &cause, error);
}

void scn_stored_exploration_finish(struct scn_stored_exploration *stored)
{
    free(stored->name);
    free(stored->mutants);
    scn_exploration_finish(&stored->exploration);
    cJSON_Delete(stored->root);
    *stored = (struct scn_stored_exploration){0};
}
