#include "drill/member.h"

#include <string.h>

/* More of them is no target that a team could mean. */
enum { STEPS_MAX = 1000 };

enum cog_code scn_drill_member_text(const struct cog_document *document, const cJSON *object,
                                    const char *key, const char **out_text, struct cog_error *error)
{
    const cJSON *node = NULL;
    const char *text = "";
    enum cog_code code = cog_document_require(document, object, key, &node, error);
    if (code == COG_OK) {
        code = cog_document_string(document, object, key, &text, error);
    }
    if (code == COG_OK && text[0] == '\0') {
        return cog_document_fail(document, node, error, "'%s' must not be empty", key);
    }
    if (code == COG_OK) {
        *out_text = text;
    }
    return code;
}

bool scn_drill_member_is_word(const char *text)
{
    const size_t length = strlen(text);
    return length > 0 && length <= SCN_DRILL_ID_LENGTH_MAX &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length;
}

static enum cog_code parse_role(const struct cog_document *document, const cJSON *roles,
                                const cJSON *role, struct scn_drill_role *out_role,
                                struct cog_error *error)
{
    if (!scn_drill_member_is_word(role->string)) {
        return cog_document_fail(document, role, error,
                                 "the name of a role must be of 1 to %d small letters, digits,"
                                 " '_' and '-'",
                                 SCN_DRILL_ID_LENGTH_MAX);
    }
    enum cog_code code =
        scn_drill_member_text(document, roles, role->string, &out_role->text, error);
    if (code == COG_OK) {
        out_role->name = role->string;
    }
    return code;
}

enum cog_code scn_drill_roles_parse(const struct cog_document *document, const cJSON *node,
                                    struct scn_drill *inout_drill, struct cog_error *error)
{
    const cJSON *roles = NULL;
    enum cog_code code = cog_document_object(document, node, "roles", &roles, error);
    if (code == COG_OK && cJSON_GetArraySize(roles) > SCN_DRILL_ROLES_MAX) {
        return cog_document_fail(document, roles, error, "expected at most %d roles",
                                 SCN_DRILL_ROLES_MAX);
    }
    const cJSON *role = NULL;
    cJSON_ArrayForEach(role, roles)
    {
        if (code == COG_OK) {
            code = parse_role(document, roles, role, &inout_drill->roles[inout_drill->role_count++],
                              error);
        }
    }
    return code;
}

static enum cog_code parse_target(const struct cog_document *document, const cJSON *targets,
                                  enum scn_figure_id id, int64_t *inout_target,
                                  struct cog_error *error)
{
    static const struct cog_document_range steps = {0, STEPS_MAX};
    const char *name = scn_figure_names()[id];
    return scn_figure_is_duration(id)
               ? cog_document_duration(document, targets, name, inout_target, error)
               : cog_document_integer(document, targets, name, steps, inout_target, error);
}

enum cog_code scn_drill_targets_parse(const struct cog_document *document, const cJSON *node,
                                      struct scn_drill *inout_drill, struct cog_error *error)
{
    const cJSON *targets = NULL;
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        inout_drill->targets[i] = -1;
    }
    enum cog_code code = cog_document_object(document, node, "targets", &targets, error);
    if (code != COG_OK || targets == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, targets, scn_figure_names(), error);
    for (size_t i = 0; i < SCN_FIGURE_COUNT && code == COG_OK; i++) {
        code =
            parse_target(document, targets, (enum scn_figure_id)i, &inout_drill->targets[i], error);
    }
    return code;
}

static enum cog_code parse_hint(const struct cog_document *document, const cJSON *node,
                                struct scn_drill_hint *out_hint, struct cog_error *error)
{
    static const char *const keys[] = {"text", "cost", NULL};
    static const struct cog_document_range costs = {0, 100};
    const cJSON *required = NULL;
    int64_t cost = 0;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = scn_drill_member_text(document, node, "text", &out_hint->text, error);
    }
    if (code == COG_OK) {
        code = cog_document_require(document, node, "cost", &required, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, node, "cost", costs, &cost, error);
    }
    out_hint->cost = (int)cost;
    return code;
}

enum cog_code scn_drill_hints_parse(const struct cog_document *document, const cJSON *node,
                                    struct scn_drill *inout_drill, struct cog_error *error)
{
    const cJSON *hints = NULL;
    enum cog_code code = cog_document_array(document, node, "hints", &hints, error);
    if (code == COG_OK && cJSON_GetArraySize(hints) > SCN_DRILL_HINTS_MAX) {
        return cog_document_fail(document, hints, error, "expected at most %d hints",
                                 SCN_DRILL_HINTS_MAX);
    }
    const cJSON *hint = NULL;
    cJSON_ArrayForEach(hint, hints)
    {
        if (code == COG_OK) {
            code =
                parse_hint(document, hint, &inout_drill->hints[inout_drill->hint_count++], error);
        }
    }
    return code;
}
