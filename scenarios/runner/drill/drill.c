#include "drill/drill.h"

#include "drill/member.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { PASS_MARK_DEFAULT = 80 };

bool scn_drill_is(const struct cog_document *document)
{
    return cJSON_GetObjectItemCaseSensitive(document->root, "drill") != NULL;
}

/* The file's name without its ending. */
static enum cog_code parse_id(const struct cog_document *document, char **out_id,
                              struct cog_error *error)
{
    const char *slash = strrchr(document->name, '/');
    const char *base = slash != NULL ? slash + 1 : document->name;
    const char *dot = strrchr(base, '.');
    const size_t length = dot != NULL && (strcmp(dot, ".jsonc") == 0 || strcmp(dot, ".json") == 0)
                              ? (size_t)(dot - base)
                              : strlen(base);
    COG_CLEANUP(cog_string_finish) char *id = cog_string_clone(base, length);
    if (id == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (!scn_drill_member_is_word(id)) {
        return cog_document_fail(document, document->root, error,
                                 "'%s' is no name for a drill: a file's name must be of 1 to %d"
                                 " small letters, digits, '_' and '-'",
                                 id, SCN_DRILL_ID_LENGTH_MAX);
    }
    *out_id = id;
    id = NULL;
    return COG_OK;
}

/* A drill is one run, so that its history compares like with like. */
static enum cog_code check_single(const struct cog_document *document, struct cog_error *error)
{
    static const char *const keys[] = {"cases", "calls"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(document->root, keys[i]);
        if (node != NULL) {
            return cog_document_fail(document, node, error, "a drill has no '%s'", keys[i]);
        }
    }
    return COG_OK;
}

static enum cog_code parse_checklist(const struct cog_document *document, const cJSON *node,
                                     struct scn_drill *inout_drill, struct cog_error *error)
{
    const cJSON *checks = NULL;
    enum cog_code code = cog_document_require(document, node, "checklist", &checks, error);
    if (code == COG_OK) {
        code = cog_document_array(document, node, "checklist", &checks, error);
    }
    return code == COG_OK ? scn_checklist_parse(document, checks, &inout_drill->checklist, error)
                          : code;
}

/* A figure that is held against nothing cannot be met. */
static enum cog_code check_targets(const struct cog_document *document, const cJSON *node,
                                   const struct scn_drill *drill, struct cog_error *error)
{
    const cJSON *checks = cJSON_GetObjectItemCaseSensitive(node, "checklist");
    const cJSON *item = NULL;
    const struct scn_check *check = drill->checklist.items;
    cJSON_ArrayForEach(item, checks)
    {
        if (check->kind == SCN_CHECK_WITHIN && drill->targets[check->figure] < 0) {
            const char *name = scn_figure_names()[check->figure];
            return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(item, "within"),
                                     error, "'targets' has no '%s' to be within", name);
        }
        check++;
    }
    return COG_OK;
}

static enum cog_code parse_pass_mark(const struct cog_document *document, const cJSON *node,
                                     struct scn_drill *inout_drill, struct cog_error *error)
{
    static const struct cog_document_range marks = {0, 100};
    int64_t mark = PASS_MARK_DEFAULT;
    enum cog_code code = cog_document_integer(document, node, "pass_mark", marks, &mark, error);
    inout_drill->pass_mark = (int)mark;
    return code;
}

static enum cog_code parse_members(const struct cog_document *document, const cJSON *node,
                                   struct scn_drill *inout_drill, struct cog_error *error)
{
    static const char *const keys[] = {"hypothesis", "roles",  "targets",  "pass_mark", "checklist",
                                       "hints",      "guided", "tabletop", NULL};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = scn_drill_member_text(document, node, "hypothesis", &inout_drill->hypothesis, error);
    }
    if (code == COG_OK) {
        code = scn_drill_roles_parse(document, node, inout_drill, error);
    }
    if (code == COG_OK) {
        code = scn_drill_targets_parse(document, node, inout_drill, error);
    }
    if (code == COG_OK) {
        code = parse_pass_mark(document, node, inout_drill, error);
    }
    if (code == COG_OK) {
        code = parse_checklist(document, node, inout_drill, error);
    }
    if (code == COG_OK) {
        code = check_targets(document, node, inout_drill, error);
    }
    if (code == COG_OK) {
        code = scn_drill_hints_parse(document, node, inout_drill, error);
    }
    if (code == COG_OK) {
        code = scn_drill_questions_parse(document, node, inout_drill, error);
    }
    return code == COG_OK ? scn_drill_guidance_parse(document, node, inout_drill, error) : code;
}

enum cog_code scn_drill_parse(struct scn_file *file, struct scn_drill *out_drill,
                              struct cog_error *error)
{
    const struct cog_document *document = &file->document;
    const cJSON *node = NULL;
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    enum cog_code code = cog_document_require(document, document->root, "drill", &node, error);
    if (code == COG_OK) {
        code = check_single(document, error);
    }
    if (code == COG_OK) {
        code = scn_scenario_parse(file, 0, &drill.scenario, error);
    }
    if (code == COG_OK) {
        code = parse_id(document, &drill.id, error);
    }
    if (code == COG_OK) {
        code = parse_members(document, node, &drill, error);
    }
    if (code == COG_OK) {
        *out_drill = drill;
        drill = (struct scn_drill){0};
    }
    return code;
}

enum cog_code scn_drill_read(const char *path, struct scn_drill *out_drill, struct cog_error *error)
{
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    enum cog_code code = scn_file_read(path, &file, error);
    return code == COG_OK ? scn_drill_parse(file, out_drill, error) : code;
}

void scn_drill_finish(struct scn_drill *drill)
{
    scn_scenario_finish(&drill->scenario);
    free(drill->id);
    *drill = (struct scn_drill){0};
}
