#include "narration.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { BAR_WIDTH = 20 };

static const int64_t SECOND_MS = 1000;

static const char *field_value(const struct cog_log_event *event, const char *key)
{
    for (size_t i = 0; i < event->field_count; i++) {
        if (strcmp(event->fields[i].key, key) == 0 && event->fields[i].value != NULL) {
            return event->fields[i].value;
        }
    }
    return "";
}

/**
 * What an event, or a step, says to people; texts from a peer come behind it. Rows of one name are
 * one sentence.
 */
struct sentence {
    const char *name;
    const char *text;
    const char *key; /**< The field whose value follows, if it has one; NULL for none. */
};

static const struct sentence STEPS[] = {
    {"authenticate", "asking for a token", NULL},
    {"lock", "taking the target's lock", NULL},
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
    {"lock-held", "", "reason"},
    {"lock-taken-over", "taking over the lock of the dead run ", "run_id"},
    {"token-refreshed", "the token was refused; a new one is used", NULL},
    {"retry", "call ", "call"},
    {"retry", " was answered with ", "status"},
    {"retry", " failed: ", "error"},
    {"retry", "; again in ", "delay_ms"},
    {"retry", " ms", NULL},
    {"retry-stopped", "call ", "call"},
    {"retry-stopped", " is not sent again: ", "reason"},
    {"poll-failed", "a look at the job failed: ", "reason"},
    {"cancel-failed", "the job could not be cancelled: ", "reason"},
    {"job-progress-invalid", "the progress that the platform tells is no percentage", NULL},
    {"job-status-unknown", "the job has a status that is none of the API's: ", "status"},
    {"journal-failed", "the journal cannot be written: ", "reason"},
    {"prune-failed", "old journals cannot be removed", NULL},
    {"unlock-failed", "the lock is not released: ", "reason"},
    {"audit-failed", "the audit record is not written: ", "reason"},
    {"webhook-failed", "the webhook is not delivered: ", "reason"},
    {"outbox-failed", "the outbox cannot be changed: ", "reason"},
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

static void append_bar(struct cog_text *text, double percent)
{
    int filled = (int)(percent * BAR_WIDTH / 100);
    cog_text_append(text, "[");
    for (int i = 0; i < BAR_WIDTH; i++) {
        cog_text_append(text, i < filled ? "#" : ".");
    }
    cog_text_append_format(text, "] %3.0f %%", percent);
}

/** "following the job"; a step that nobody has words for by its name. */
static const char *step_text(const char *name)
{
    const struct sentence *sentence = sentence_find(STEPS, name);
    return sentence == NULL ? name : sentence->text;
}

static void append_progress(struct cog_text *text, const struct cog_narration *narration)
{
    cog_text_append(text, "job ");
    cog_text_append_shown(text, narration->job_id);
    cog_text_append(text, " ");
    append_bar(text, narration->percent);
    cog_text_append(text, " ");
    cog_text_append_shown(text, narration->status);
}

static void append_waiting(struct cog_text *text, const struct cog_narration *narration)
{
    cog_text_append(text, "still ");
    cog_text_append_shown(text, step_text(narration->step));
    if (narration->job_id[0] != '\0') {
        cog_text_append_format(text, ", %.0f %% ", narration->percent);
        cog_text_append_shown(text, narration->status);
    }
}

static void append_fields(struct cog_text *text, const struct cog_log_event *event)
{
    cog_text_append(text, event->name);
    for (size_t i = 0; i < event->field_count; i++) {
        if (event->fields[i].value != NULL) {
            cog_text_append_format(text, " %s=", event->fields[i].key);
            /* Texts may come from a peer: nothing in them may steer the terminal. */
            cog_text_append_shown(text, event->fields[i].value);
        }
    }
}

/** Rows without their field are left out. @param row the first one of its name */
static void append_sentence(struct cog_text *text, const struct sentence *row,
                            const struct cog_log_event *event)
{
    const size_t length = text->length;
    for (; row->name != NULL && strcmp(row->name, event->name) == 0; row++) {
        const char *value = row->key == NULL ? "" : field_value(event, row->key);
        if (row->key == NULL || value[0] != '\0') {
            cog_text_append(text, row->text);
            cog_text_append_shown(text, value);
        }
    }
    if (text->length == length) {
        append_fields(text, event);
    }
}

static void append_event(struct cog_text *text, const struct cog_narration *narration,
                         const struct cog_log_event *event)
{
    const struct sentence *sentence = sentence_find(EVENTS, event->name);
    if (strcmp(event->name, "job-progress") == 0) {
        append_progress(text, narration);
    } else if (strcmp(event->name, "waiting") == 0) {
        append_waiting(text, narration);
    } else if (strcmp(event->name, "step") == 0) {
        cog_text_append_shown(text, step_text(narration->step));
    } else if (sentence == NULL) {
        append_fields(text, event);
    } else {
        append_sentence(text, sentence, event);
    }
}

static void note_text(char *buffer, size_t buffer_size, const char *value)
{
    (void)snprintf(buffer, buffer_size, "%s", value);
}

/** @return whether the job's status is another one than before */
static bool note_progress(struct cog_narration *narration, const struct cog_log_event *event)
{
    const char *status = field_value(event, "status");
    const char *progress = field_value(event, "progress");
    bool is_news = strcmp(narration->status, status) != 0;
    note_text(narration->job_id, sizeof narration->job_id, field_value(event, "job_id"));
    note_text(narration->status, sizeof narration->status, status);
    narration->percent = progress[0] == '\0' ? 0 : strtod(progress, NULL);
    return is_news;
}

/** Keeps what the live line shows. @return whether the event is a line of its own */
static bool note(struct cog_narration *narration, const struct cog_log_event *event)
{
    if (strcmp(event->name, "step") == 0) {
        note_text(narration->step, sizeof narration->step, field_value(event, "name"));
    }
    if (strcmp(event->name, "job-progress") != 0) {
        return true;
    }
    bool is_news = note_progress(narration, event);
    return narration->has_progress && (is_news || !cog_narration_is_live(narration));
}

static const char *level_color(enum cog_log_level level)
{
    if (level == COG_LOG_ERROR) {
        return "\033[31m";
    }
    return level == COG_LOG_WARNING ? "\033[33m" : "";
}

static int64_t elapsed_ms(const struct cog_narration *narration)
{
    return cog_clock_monotonic_ms(narration->clock) - narration->start_ms;
}

static void print_line(const struct cog_narration *narration, const struct cog_log_event *event)
{
    const char *color = narration->terminal.has_color ? level_color(event->level) : "";
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append_format(&line, "%7.1fs  %s%s", (double)elapsed_ms(narration) / 1000.0, color,
                           event->level >= COG_LOG_WARNING ? "! " : "  ");
    append_event(&line, narration, event);
    cog_text_append(&line, color[0] == '\0' ? "\n" : "\033[0m\n");
    (void)fputs(cog_text_string(&line), narration->stream);
    (void)fflush(narration->stream);
}

static void narration_write(void *context, const struct cog_log_event *event)
{
    struct cog_narration *narration = context;
    bool is_line = note(narration, event) && event->level >= narration->level_min;
    if (is_line) {
        cog_live_line_erase(&narration->line);
        print_line(narration, event);
    }
    cog_narration_redraw(narration);
}

struct cog_log cog_narration(struct cog_narration *narration)
{
    static const struct cog_log_ops OPS = {.write = narration_write};
    narration->line.stream = narration->stream;
    narration->line.terminal = narration->terminal;
    return (struct cog_log){.ops = &OPS, .context = narration};
}

bool cog_narration_is_live(const struct cog_narration *narration)
{
    return narration->terminal.is_live && narration->has_progress &&
           !cog_cancel_is_requested(narration->cancel);
}

void cog_narration_redraw(struct cog_narration *narration)
{
    if (!cog_narration_is_live(narration)) {
        cog_live_line_erase(&narration->line);
        return;
    }
    char duration[COG_DURATION_TEXT_SIZE];
    int64_t seconds = elapsed_ms(narration) / SECOND_MS;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (narration->job_id[0] != '\0') {
        append_bar(&text, narration->percent);
        cog_text_append(&text, "  ");
    }
    cog_text_append_format(&text, "%s  ", cog_duration_format(seconds * SECOND_MS, duration));
    cog_text_append_shown(&text, step_text(narration->step));
    if (narration->job_id[0] != '\0') {
        cog_text_append(&text, "  job ");
        cog_text_append_shown(&text, narration->job_id);
    }
    cog_live_line_draw(&narration->line, cog_text_string(&text));
}

void cog_narration_finish(struct cog_narration *narration)
{
    cog_live_line_erase(&narration->line);
}
