#include "explore/course.h"

#include <cogbase/text.h>

#include <string.h>

/* Events that are told word for word: what they say is what the client decided. */
static bool is_decision(const char *name)
{
    return strcmp(name, "transition") == 0 || strcmp(name, "limit") == 0 ||
           strcmp(name, "step") == 0;
}

static void append_time(struct cog_text *text, int64_t at_ms, bool has_times)
{
    if (has_times) {
        cog_text_append(text, "@");
        cog_text_append_integer(text, at_ms);
    }
}

static void append_exchange(struct cog_text *text, const struct mock_exchange *exchange,
                            bool has_times)
{
    cog_text_append(text, exchange->call);
    cog_text_append(text, exchange->applied ? " " : "!");
    cog_text_append_integer(text, exchange->nth);
    cog_text_append(text, "/");
    cog_text_append_integer(text, exchange->attempt);
    append_time(text, exchange->at_ms, has_times);
    cog_text_append(text, "\n");
}

static void append_event(struct cog_text *text, const struct scn_event *event, bool has_times)
{
    /* Each request has one, which tells of its answer. */
    if (strcmp(event->name, "request") == 0) {
        return;
    }
    cog_text_append(text, event->name);
    append_time(text, event->at_ms, has_times);
    cog_text_append(text, is_decision(event->name) ? event->fields : "");
    cog_text_append(text, "\n");
}

static void append_end(struct cog_text *text, const struct scn_facts *facts, bool has_times)
{
    append_time(text, facts->elapsed_ms, has_times);
    cog_text_append(text, " exit ");
    cog_text_append_integer(text, facts->exit_code);
    cog_text_append(text, cog_outcome_name(facts->report->outcome));
    cog_text_append(text, cog_target_state_name(facts->report->target));
    cog_text_append(text, facts->report->step);
    cog_text_append(text, facts->source.now);
    cog_text_append(text, facts->target.now);
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        cog_text_append(text, deployment->job_id);
        cog_text_append(text, deployment->status);
        cog_text_append_integer(text, deployment->rollback_count);
        append_time(text, deployment->created_ms, has_times);
        append_time(text, deployment->ended_ms, has_times);
        append_time(text, deployment->rollback_ended_ms, has_times);
    }
}

/* Enough of it to tell some ten thousand runs apart. */
static enum cog_code digest(const struct cog_text *text, char out_digest[SCN_COURSE_SIZE])
{
    char whole[COG_DIGEST_SIZE];
    if (text->failed) {
        return COG_ERROR_MEMORY;
    }
    enum cog_code code = cog_digest_sha256(cog_text_string(text), text->length, whole);
    if (code == COG_OK) {
        memcpy(out_digest, whole, SCN_COURSE_SIZE - 1);
        out_digest[SCN_COURSE_SIZE - 1] = '\0';
    }
    return code;
}

/* From so many requests on. */
static enum cog_code digest_from(const struct scn_facts *facts, size_t first, bool has_times,
                                 char out_digest[SCN_COURSE_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (size_t i = first; i < facts->exchange_count; i++) {
        append_exchange(&text, &facts->exchanges[i], has_times);
    }
    for (size_t i = 0; i < facts->event_count; i++) {
        if (facts->events[i].exchange_count >= first) {
            append_event(&text, &facts->events[i], has_times);
        }
    }
    append_end(&text, facts, has_times);
    return digest(&text, out_digest);
}

enum cog_code scn_course_read(const struct scn_facts *facts, struct scn_course *out_course)
{
    struct scn_course course = {0};
    enum cog_code code = digest_from(facts, 0, true, course.exact);
    if (code == COG_OK) {
        code = digest_from(facts, 0, false, course.shape);
    }
    if (code == COG_OK) {
        *out_course = course;
    }
    return code;
}

enum cog_code scn_course_read_rest(const struct scn_facts *facts, const struct mock_exchange *call,
                                   char out_rest[SCN_COURSE_SIZE])
{
    size_t first = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (exchange->nth == call->nth && strcmp(exchange->call, call->call) == 0) {
            first = i + 1;
        }
    }
    return digest_from(facts, first, false, out_rest);
}
