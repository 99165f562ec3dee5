#include "drill/checklist.h"

#include "drill/member.h"
#include "judge/invariant.h"

#include <cogbase/text.h>

#include <string.h>

/* By what a check is judged, in the order of `enum scn_check_kind`. */
static const char *const kind_keys[] = {"expect", "within", "invariants", "log", "commands", NULL};

static enum cog_code parse_expect(const struct cog_document *document, const cJSON *check,
                                  struct scn_check *out_check, struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, check, "expect", &node, error);
    if (code != COG_OK) {
        return code;
    }
    if (node->child == NULL) {
        return cog_document_fail(document, node, error, "'expect' must not be empty");
    }
    out_check->has_exit = cJSON_GetObjectItemCaseSensitive(node, "exit") != NULL;
    return scn_expectation_apply(document, node, &out_check->expectation, error);
}

static enum cog_code parse_within(const struct cog_document *document, const cJSON *check,
                                  struct scn_check *out_check, struct cog_error *error)
{
    int figure = 0;
    enum cog_code code =
        cog_document_word(document, check, "within", scn_figure_names(), &figure, error);
    out_check->figure = (enum scn_figure_id)figure;
    return code;
}

/* A rule that nobody knows would never be broken: better said at once. */
static enum cog_code check_rule(const struct cog_document *document, const cJSON *name,
                                struct cog_error *error)
{
    const char *ids[SCN_INVARIANTS_MAX + 1] = {NULL};
    const struct scn_invariant *invariant = scn_invariants();
    for (size_t i = 0; i < SCN_INVARIANTS_MAX && invariant->id != NULL; i++, invariant++) {
        if (strcmp(invariant->id, name->valuestring) == 0) {
            return COG_OK;
        }
        ids[i] = invariant->id;
    }
    const char *nearest = cog_string_nearest(name->valuestring, ids);
    if (nearest == NULL) {
        return cog_document_fail(document, name, error, "unknown invariant '%s', expected I1 to %s",
                                 name->valuestring, (invariant - 1)->id);
    }
    return cog_document_fail(document, name, error, "unknown invariant '%s', did you mean '%s'?",
                             name->valuestring, nearest);
}

static enum cog_code parse_names(const struct cog_document *document, const cJSON *check,
                                 struct scn_check *out_check, struct cog_error *error)
{
    const cJSON *names = NULL;
    const char *key = kind_keys[out_check->kind];
    enum cog_code code = cog_document_array(document, check, key, &names, error);
    if (code != COG_OK) {
        return code;
    }
    if (names->child == NULL) {
        return cog_document_fail(document, names, error, "'%s' must not be empty", key);
    }
    const cJSON *name = NULL;
    cJSON_ArrayForEach(name, names)
    {
        if (!cJSON_IsString(name) || name->valuestring[0] == '\0') {
            return cog_document_fail(document, name, error, "'%s' must hold texts", key);
        }
        if (out_check->kind == SCN_CHECK_INVARIANT) {
            code = check_rule(document, name, error);
        }
        if (code != COG_OK) {
            return code;
        }
    }
    out_check->names = names;
    return COG_OK;
}

/* Which one of the kinds it is. */
static enum cog_code parse_kind(const struct cog_document *document, const cJSON *check,
                                struct scn_check *out_check, struct cog_error *error)
{
    size_t count = 0;
    for (size_t i = 0; kind_keys[i] != NULL; i++) {
        if (cJSON_GetObjectItemCaseSensitive(check, kind_keys[i]) != NULL) {
            out_check->kind = (enum scn_check_kind)i;
            count++;
        }
    }
    if (count != 1) {
        return cog_document_fail(document, check, error,
                                 "expected one of 'expect', 'within', 'invariants', 'log' and"
                                 " 'commands'");
    }
    switch (out_check->kind) {
    case SCN_CHECK_EXPECT:
        return parse_expect(document, check, out_check, error);
    case SCN_CHECK_WITHIN:
        return parse_within(document, check, out_check, error);
    case SCN_CHECK_INVARIANT:
    case SCN_CHECK_LOG:
    case SCN_CHECK_COMMAND:
        break;
    }
    return parse_names(document, check, out_check, error);
}

static enum cog_code parse_id(const struct cog_document *document, const cJSON *check,
                              const struct scn_checklist *before, const char **out_id,
                              struct cog_error *error)
{
    const char *id = NULL;
    enum cog_code code = scn_drill_member_text(document, check, "id", &id, error);
    if (code != COG_OK) {
        return code;
    }
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(check, "id");
    if (!scn_drill_member_is_word(id)) {
        return cog_document_fail(document, node, error,
                                 "'id' must be of 1 to %d small letters, digits, '_' and '-'",
                                 SCN_DRILL_ID_LENGTH_MAX);
    }
    for (size_t i = 0; i < before->count; i++) {
        if (strcmp(before->items[i].id, id) == 0) {
            return cog_document_fail(document, node, error, "another check has the id '%s'", id);
        }
    }
    *out_id = id;
    return COG_OK;
}

static enum cog_code parse_check(const struct cog_document *document, const cJSON *node,
                                 const struct scn_checklist *before, struct scn_check *out_check,
                                 struct cog_error *error)
{
    static const char *const keys[] = {"id",     "text",       "weight", "critical", "expect",
                                       "within", "invariants", "log",    "commands", NULL};
    static const struct cog_document_range weights = {1, 100};
    struct scn_check check = {0};
    const cJSON *required = NULL;
    int64_t weight = 0;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = parse_id(document, node, before, &check.id, error);
    }
    if (code == COG_OK) {
        code = scn_drill_member_text(document, node, "text", &check.text, error);
    }
    if (code == COG_OK) {
        code = cog_document_require(document, node, "weight", &required, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, node, "weight", weights, &weight, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, node, "critical", &check.is_critical, error);
    }
    if (code == COG_OK) {
        code = parse_kind(document, node, &check, error);
    }
    if (code == COG_OK) {
        check.weight = (int)weight;
        *out_check = check;
    }
    return code;
}

/* A drill that nothing can fail but a low score rehearses nothing. */
static bool has_critical(const struct scn_checklist *checklist)
{
    for (size_t i = 0; i < checklist->count; i++) {
        if (checklist->items[i].is_critical) {
            return true;
        }
    }
    return false;
}

enum cog_code scn_checklist_parse(const struct cog_document *document, const cJSON *node,
                                  struct scn_checklist *out_checklist, struct cog_error *error)
{
    struct scn_checklist checklist = {0};
    enum cog_code code = COG_OK;
    if (cJSON_GetArraySize(node) > SCN_CHECKS_MAX) {
        return cog_document_fail(document, node, error, "expected at most %d checks",
                                 SCN_CHECKS_MAX);
    }
    const cJSON *check = NULL;
    cJSON_ArrayForEach(check, node)
    {
        code = parse_check(document, check, &checklist, &checklist.items[checklist.count], error);
        if (code != COG_OK) {
            return code;
        }
        checklist.count++;
    }
    if (!has_critical(&checklist)) {
        return cog_document_fail(document, node, error,
                                 "no check is critical: without which one has the drill failed,"
                                 " whatever the score?");
    }
    *out_checklist = checklist;
    return COG_OK;
}
