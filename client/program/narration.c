#include "narration.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { BAR_WIDTH = 20 };

static const char *field_value(const struct cog_log_event *event, const char *key)
{
    for (size_t i = 0; i < event->field_count; i++) {
        if (strcmp(event->fields[i].key, key) == 0 && event->fields[i].value != NULL) {
            return event->fields[i].value;
        }
    }
    return "";
}

/** Texts may come from a peer: nothing in them may steer the terminal. */
static void print_text(FILE *stream, const char *text)
{
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, text);
    (void)fputs(cog_text_string(&shown), stream);
}

/** What an event, or a step, says to people; texts from a peer come behind it. */
struct sentence {
    const char *name;
    const char *text;
    const char *key; /**< The field whose value follows; NULL for none. */
};

static const struct sentence STEPS[] = {
    {"authenticate", "asking for a token", NULL},
    {"ready", "checking that the target is quiet and answers", NULL},
    {"promote", "promoting", NULL},
    {"settle", "the answer was lost; reading back whether the promotion arrived", NULL},
    {"follow", "following the job", NULL},
    {"rollback", "rolling back", NULL},
    {"verify", "verifying the target", NULL},
    {NULL, NULL, NULL},
};

static const struct sentence EVENTS[] = {
    {"failure", "", "reason"},
    {"job-accepted", "accepted as job ", "job_id"},
    {"rollback-accepted", "the rollback was accepted for job ", "job_id"},
    {"promotion-absent", "the promotion did not arrive", NULL},
    {"sessions-active", "active sessions in the target: ", "count"},
    {"parity", "parity of source and target: ", "score"},
    {"audit-written", "the audit record is written", NULL},
    {"webhook-delivered", "the webhook is delivered", NULL},
    {NULL, NULL, NULL},
};

/** @param sentences ends with a NULL name; @return NULL when there is none of that name */
static const struct sentence *sentence_find(const struct sentence *sentences, const char *name)
{
    for (; sentences->name != NULL; sentences++) {
        if (strcmp(sentences->name, name) == 0) {
            return sentences;
        }
    }
    return NULL;
}

static void print_progress(FILE *stream, const struct cog_log_event *event)
{
    const char *progress = field_value(event, "progress");
    double percent = progress[0] == '\0' ? 0 : strtod(progress, NULL);
    int filled = (int)(percent * BAR_WIDTH / 100);
    (void)fputs("job ", stream);
    print_text(stream, field_value(event, "job_id"));
    (void)fputs(" [", stream);
    for (int i = 0; i < BAR_WIDTH; i++) {
        (void)fputc(i < filled ? '#' : '.', stream);
    }
    (void)fprintf(stream, "] %3.0f %% ", percent);
    print_text(stream, field_value(event, "status"));
}

static void print_fields(FILE *stream, const struct cog_log_event *event)
{
    (void)fputs(event->name, stream);
    for (size_t i = 0; i < event->field_count; i++) {
        if (event->fields[i].value != NULL) {
            (void)fprintf(stream, " %s=", event->fields[i].key);
            print_text(stream, event->fields[i].value);
        }
    }
}

static void print_event(FILE *stream, const struct cog_log_event *event)
{
    bool is_step = strcmp(event->name, "step") == 0;
    const struct sentence *sentence = is_step ? sentence_find(STEPS, field_value(event, "name"))
                                              : sentence_find(EVENTS, event->name);
    if (strcmp(event->name, "job-progress") == 0) {
        print_progress(stream, event);
    } else if (sentence == NULL) {
        print_fields(stream, event);
    } else {
        (void)fputs(sentence->text, stream);
        print_text(stream, sentence->key == NULL ? "" : field_value(event, sentence->key));
    }
}

static void narration_write(void *context, const struct cog_log_event *event)
{
    const struct cog_narration *narration = context;
    if (event->level < COG_LOG_INFO) {
        return;
    }
    int64_t elapsed_ms = cog_clock_monotonic_ms(narration->clock) - narration->start_ms;
    (void)fprintf(narration->stream, "%7.1fs  %s", (double)elapsed_ms / 1000.0,
                  event->level >= COG_LOG_WARNING ? "! " : "  ");
    print_event(narration->stream, event);
    (void)fputc('\n', narration->stream);
}

struct cog_log cog_narration(struct cog_narration *narration)
{
    static const struct cog_log_ops OPS = {.write = narration_write};
    return (struct cog_log){.ops = &OPS, .context = narration};
}
