/* What should have come, and what came. */
#include "report/ladder_part.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <string.h>

static void append_exit(struct cog_text *text, const cJSON *object)
{
    const cJSON *exit_code = cJSON_GetObjectItemCaseSensitive(object, "exit");
    if (cJSON_IsNumber(exit_code)) {
        cog_text_append_format(text, "exit %d", exit_code->valueint);
    } else {
        cog_text_append(text, "no exit code");
    }
    const char *outcome = scn_ladder_string(object, "outcome");
    cog_text_append_format(text, "%s%s", outcome[0] != '\0' ? " " : "", outcome);
    const char *target = scn_ladder_string(object, "target");
    cog_text_append_format(text, "%s%s", target[0] != '\0' ? ", target " : "", target);
}

static void append_reason(struct cog_text *text, const cJSON *object)
{
    const char *step = scn_ladder_string(object, "step");
    const char *reason = scn_ladder_string(object, "reason");
    const char *follow_up = scn_ladder_string(object, "follow_up");
    if (step[0] != '\0' || reason[0] != '\0') {
        cog_text_append_format(text, "; %s%s%s", step,
                               step[0] != '\0' && reason[0] != '\0' ? ": " : "", reason);
    }
    if (follow_up[0] != '\0') {
        cog_text_append_format(text, "; then: %s", follow_up);
    }
}

static void append_row(struct cog_text *text, const char *label, const cJSON *object)
{
    COG_CLEANUP(cog_text_finish) struct cog_text row = {0};
    append_exit(&row, object);
    append_reason(&row, object);
    cog_text_append(text, label);
    scn_ladder_wrap(text, strlen(label), cog_text_string(&row));
}

void scn_ladder_append_comparison(struct cog_text *text, const cJSON *record)
{
    const cJSON *expected = cJSON_GetObjectItemCaseSensitive(record, "expected");
    if (cJSON_IsObject(expected)) {
        append_row(text, "expected ", expected);
    }
    append_row(text, "     got ", record);
}

static void append_job(struct cog_text *text, const cJSON *job)
{
    char duration[COG_DURATION_TEXT_SIZE];
    const int64_t created_ms = scn_ladder_number(job, "created");
    const int64_t ended_ms = scn_ladder_number(job, "ended");
    const int64_t rollback_ended_ms = scn_ladder_number(job, "rollback_ended");
    const char *error = scn_ladder_string(job, "error");
    cog_text_append_format(text, "%s is %s", scn_ladder_string(job, "id"),
                           scn_ladder_string(job, "status"));
    cog_text_append_format(text, "%s%s", error[0] != '\0' ? ": " : "", error);
    cog_text_append_format(text, ", created at %s", cog_duration_format(created_ms, duration));
    if (ended_ms >= 0) {
        cog_text_append_format(text, ", ended at %s", cog_duration_format(ended_ms, duration));
    }
    if (scn_ladder_number(job, "rollbacks") > 0) {
        cog_text_append_format(text, ", rollbacks: %" PRId64, scn_ladder_number(job, "rollbacks"));
    }
    if (scn_ladder_number(job, "rollbacks") > 0 && rollback_ended_ms >= 0) {
        cog_text_append_format(text, ", the last ended at %s",
                               cog_duration_format(rollback_ended_ms, duration));
    }
}

/* "unchanged", as the expectation's words have it. */
static const char *name_content(const cJSON *truth)
{
    const cJSON *source = cJSON_GetObjectItemCaseSensitive(truth, "source");
    const cJSON *target = cJSON_GetObjectItemCaseSensitive(truth, "target");
    const char *now = scn_ladder_string(target, "now");
    if (now[0] == '\0') {
        return NULL;
    }
    if (strcmp(now, scn_ladder_string(target, "start")) == 0) {
        return "unchanged";
    }
    return strcmp(now, scn_ladder_string(source, "now")) == 0
               ? "as the source"
               : "neither as before nor the source's";
}

static void append_truth(struct cog_text *text, const char *string)
{
    static const char label[] = "           truth  ";
    cog_text_append(text, label);
    scn_ladder_wrap(text, sizeof label - 1, string);
}

static void append_inject(struct cog_text *text, const cJSON *inject)
{
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    char at[COG_DURATION_TEXT_SIZE];
    const int64_t at_ms = scn_ladder_number(inject, "at");
    const char *words = scn_ladder_string(inject, "text");
    cog_text_append_format(&line, "inject '%s' ", scn_ladder_string(inject, "name"));
    if (at_ms < 0) {
        cog_text_append(&line, "struck nothing");
    } else {
        cog_text_append_format(&line, "struck at %s", cog_duration_format(at_ms, at));
    }
    cog_text_append_format(&line, "%s%s", words[0] == '\0' ? "" : ": ", words);
    append_truth(text, cog_text_string(&line));
}

void scn_ladder_append_end(struct cog_text *text, const cJSON *record)
{
    COG_CLEANUP(cog_text_finish) struct cog_text end = {0};
    const cJSON *job = NULL;
    const cJSON *inject = NULL;
    const char *content = name_content(cJSON_GetObjectItemCaseSensitive(record, "truth"));
    cJSON_ArrayForEach(inject, cJSON_GetObjectItemCaseSensitive(record, "injects"))
    {
        append_inject(text, inject);
    }
    cJSON_ArrayForEach(job, cJSON_GetObjectItemCaseSensitive(record, "jobs"))
    {
        COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
        append_job(&line, job);
        append_truth(text, cog_text_string(&line));
    }
    if (content != NULL) {
        cog_text_append_format(&end, "the target is %s", content);
        append_truth(text, cog_text_string(&end));
    }
}
