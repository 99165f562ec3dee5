/* What is for people alone: the questions of a tabletop, and how a person is led through it. */
#include "drill/member.h"

#include <string.h>

enum {
    TIME_SCALE_MAX = 1000,
    LIMIT_MS_DEFAULT = 30 * 60 * 1000,
    LIMIT_MS_MAX = 24 * 60 * 60 * 1000,
};

static enum cog_code parse_question(const struct cog_document *document, const cJSON *node,
                                    struct scn_drill_question *out_question,
                                    struct cog_error *error)
{
    static const char *const keys[] = {"inject", "question", "answer", NULL};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = scn_drill_member_text(document, node, keys[0], &out_question->inject, error);
    }
    if (code == COG_OK) {
        code = scn_drill_member_text(document, node, keys[1], &out_question->question, error);
    }
    if (code == COG_OK) {
        code = scn_drill_member_text(document, node, keys[2], &out_question->answer, error);
    }
    return code;
}

enum cog_code scn_drill_questions_parse(const struct cog_document *document, const cJSON *node,
                                        struct scn_drill *inout_drill, struct cog_error *error)
{
    const cJSON *list = NULL;
    enum cog_code code = cog_document_array(document, node, "tabletop", &list, error);
    if (code == COG_OK && cJSON_GetArraySize(list) > SCN_DRILL_QUESTIONS_MAX) {
        return cog_document_fail(document, list, error, "expected at most %d questions",
                                 SCN_DRILL_QUESTIONS_MAX);
    }
    const cJSON *question = NULL;
    cJSON_ArrayForEach(question, list)
    {
        if (code == COG_OK) {
            code = parse_question(document, question,
                                  &inout_drill->questions[inout_drill->question_count++], error);
        }
    }
    return code;
}

/* @return whether one of the file's injects has the name */
static bool has_inject(const struct cog_document *document, const char *name)
{
    const cJSON *injects = cJSON_GetObjectItemCaseSensitive(document->root, "injects");
    const cJSON *inject = NULL;
    cJSON_ArrayForEach(inject, injects)
    {
        const cJSON *own = cJSON_GetObjectItemCaseSensitive(inject, "name");
        if (cJSON_IsString(own) && strcmp(own->valuestring, name) == 0) {
            return true;
        }
    }
    return false;
}

static enum cog_code parse_blow(const struct cog_document *document, const cJSON *guided,
                                struct scn_drill_guidance *inout_guidance, struct cog_error *error)
{
    static const char *const keys[] = {"inject", "kind", NULL};
    static const char *const kinds[] = {"kill", "move", "second", NULL};
    const cJSON *blow = NULL;
    enum cog_code code = cog_document_object(document, guided, "blow", &blow, error);
    if (code != COG_OK || blow == NULL) {
        return code;
    }
    int kind = 0;
    const cJSON *node = NULL;
    code = cog_document_check_keys(document, blow, keys, error);
    if (code == COG_OK) {
        code = scn_drill_member_text(document, blow, "inject", &inout_guidance->inject, error);
    }
    if (code == COG_OK) {
        code = cog_document_require(document, blow, "kind", &node, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, blow, "kind", kinds, &kind, error);
    }
    if (code == COG_OK && !has_inject(document, inout_guidance->inject)) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(blow, "inject"), error,
                                 "no inject of this file is named '%s'", inout_guidance->inject);
    }
    inout_guidance->blow = (enum scn_drill_blow)(SCN_DRILL_BLOW_KILL + kind);
    return code;
}

static enum cog_code parse_clock(const struct cog_document *document, const cJSON *guided,
                                 struct scn_drill_guidance *inout_guidance, struct cog_error *error)
{
    enum cog_code code =
        cog_document_number(document, guided, "time_scale", &inout_guidance->time_scale, error);
    if (code == COG_OK &&
        !(inout_guidance->time_scale > 0 && inout_guidance->time_scale <= TIME_SCALE_MAX)) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(guided, "time_scale"),
                                 error, "'time_scale' must be more than 0, and at most %d",
                                 TIME_SCALE_MAX);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, guided, "limit", &inout_guidance->limit_ms, error);
    }
    if (code == COG_OK &&
        (inout_guidance->limit_ms <= 0 || inout_guidance->limit_ms > LIMIT_MS_MAX)) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(guided, "limit"), error,
                                 "'limit' must be more than 0s, and at most 24h");
    }
    return code;
}

enum cog_code scn_drill_guidance_parse(const struct cog_document *document, const cJSON *node,
                                       struct scn_drill *inout_drill, struct cog_error *error)
{
    static const char *const keys[] = {"situation", "task", "time_scale", "limit", "blow", NULL};
    struct scn_drill_guidance *guidance = &inout_drill->guidance;
    *guidance = (struct scn_drill_guidance){
        .situation = "",
        .task = "",
        .time_scale = 1,
        .limit_ms = LIMIT_MS_DEFAULT,
    };
    const cJSON *guided = NULL;
    enum cog_code code = cog_document_object(document, node, "guided", &guided, error);
    if (code != COG_OK || guided == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, guided, keys, error);
    if (code == COG_OK) {
        code = scn_drill_member_text(document, guided, "situation", &guidance->situation, error);
    }
    if (code == COG_OK) {
        code = scn_drill_member_text(document, guided, "task", &guidance->task, error);
    }
    if (code == COG_OK) {
        code = parse_clock(document, guided, guidance, error);
    }
    return code == COG_OK ? parse_blow(document, guided, guidance, error) : code;
}
