#include "drill/guided/plain.h"

#include "drill/guided/screen_layout.h"

#include <stdio.h>
#include <string.h>

enum { PROGRESS_STEP = 10, CLOCK_WIDTH = 7, NOT_TOLD = -2 };

static void append_clock(struct cog_text *text, int64_t time_ms)
{
    COG_CLEANUP(cog_text_finish) struct cog_text clock = {0};
    scn_screen_clock_append(&clock, time_ms);
    cog_text_append_format(text, "%*s  ", CLOCK_WIDTH, cog_text_string(&clock));
}

static void append_line(struct cog_text *text, int64_t time_ms, const char *label,
                        const char *string)
{
    append_clock(text, time_ms);
    cog_text_append(text, label);
    cog_text_append_shown(text, string);
    cog_text_append(text, "\n");
}

static void append_target(struct scn_plain *plain, const struct scn_conductor_status *status,
                          struct cog_text *text)
{
    if (status->target_before[0] == '\0' || status->target_now[0] == '\0') {
        return;
    }
    const bool is_same = strcmp(status->target_before, status->target_now) == 0;
    if (is_same != plain->was_same) {
        append_line(text, status->now_ms, "target: ",
                    is_same ? "its content is as before" : "its content is not as before");
        plain->was_same = is_same;
    }
}

/* Each status once, and its progress by every tenth. */
static void append_job(struct scn_plain *plain, const struct scn_conductor_status *status,
                       struct cog_text *text)
{
    char job[SCN_PLAIN_TEXT_SIZE];
    const int step = (int)(status->job_progress / PROGRESS_STEP);
    (void)snprintf(job, sizeof job, "%s: %s", status->job_id, status->job_status);
    if (status->job_id[0] == '\0' ||
        (strcmp(job, plain->job) == 0 && step == plain->progress_step)) {
        return;
    }
    memcpy(plain->job, job, sizeof plain->job);
    plain->progress_step = step;
    append_clock(text, status->now_ms);
    cog_text_append(text, "job ");
    cog_text_append_shown(text, job);
    cog_text_append_format(text, ", %d %%\n", (int)status->job_progress);
}

static void append_sessions(struct scn_plain *plain, const struct scn_conductor_status *status,
                            struct cog_text *text)
{
    if (status->sessions >= 0 && status->sessions != plain->sessions) {
        append_clock(text, status->now_ms);
        cog_text_append_format(text, "sessions in the target: %d\n", status->sessions);
        plain->sessions = status->sessions;
    }
}

static void append_begun(struct scn_plain *plain, const struct scn_conductor_status *status,
                         struct cog_text *text)
{
    for (; plain->begun_count < status->typed_count; plain->begun_count++) {
        const struct scn_typed *typed = &status->typed[plain->begun_count];
        append_line(text, typed->at_ms, "typed: ", typed->line);
    }
}

static void append_ended(struct scn_plain *plain, const struct scn_conductor_status *status,
                         struct cog_text *text)
{
    for (; plain->ended_count < status->typed_count; plain->ended_count++) {
        const struct scn_typed *typed = &status->typed[plain->ended_count];
        if (typed->until_ms < 0) {
            return;
        }
        append_clock(text, typed->until_ms);
        cog_text_append_format(text, "exit %d: ", typed->exit_code);
        cog_text_append_shown(text, typed->line);
        cog_text_append(text, "\n");
    }
}

static void append_hints(struct scn_plain *plain, const struct scn_conductor_status *status,
                         struct cog_text *text)
{
    for (; plain->hint_count < status->hints_taken; plain->hint_count++) {
        append_line(text, status->now_ms, "hint: ", status->hints[plain->hint_count]);
    }
}

static void append_notice(struct scn_plain *plain, const struct scn_conductor_status *status,
                          struct cog_text *text)
{
    char notice[SCN_PLAIN_TEXT_SIZE];
    (void)snprintf(notice, sizeof notice, "%s", status->notice);
    if (strcmp(notice, plain->notice) == 0) {
        return;
    }
    memcpy(plain->notice, notice, sizeof plain->notice);
    /* A hint was told already. */
    if (status->hints_taken == 0 ||
        strstr(status->notice, status->hints[status->hints_taken - 1]) == NULL) {
        append_line(text, status->now_ms, "", status->notice);
    }
}

static void append_phase(struct scn_plain *plain, const struct scn_conductor_status *status,
                         struct cog_text *text)
{
    if (status->phase == plain->phase) {
        return;
    }
    plain->phase = status->phase;
    if (status->phase == SCN_PHASE_ABORTED) {
        append_line(text, status->now_ms, "aborted: ", status->abort_reason);
    } else {
        append_line(text, status->now_ms, "the drill is over", "");
    }
}

void scn_plain_append(struct scn_plain *plain, const struct scn_conductor_status *status,
                      struct cog_text *text)
{
    if (!plain->has_begun) {
        *plain = (struct scn_plain){.has_begun = true, .was_same = true, .sessions = NOT_TOLD};
    }
    append_begun(plain, status, text);
    append_job(plain, status, text);
    append_target(plain, status, text);
    append_sessions(plain, status, text);
    if (status->t0_ms >= 0 && !plain->has_t0) {
        plain->has_t0 = true;
        append_clock(text, status->now_ms);
        cog_text_append(text, "something is wrong since ");
        scn_screen_clock_append(text, status->t0_ms);
        cog_text_append(text, "\n");
    }
    append_ended(plain, status, text);
    append_hints(plain, status, text);
    append_notice(plain, status, text);
    append_phase(plain, status, text);
}

bool scn_plain_parse_order(const char *word, enum scn_order *out_order)
{
    static const struct {
        const char *word;
        const char *letter;
        enum scn_order order;
    } orders[] = {
        {"hint", "h", SCN_ORDER_HINT},
        {"done", "d", SCN_ORDER_DONE},
        {"abort", "a", SCN_ORDER_ABORT},
        {"quit", "q", SCN_ORDER_ABORT},
    };
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (strcmp(word, orders[i].word) == 0 || strcmp(word, orders[i].letter) == 0) {
            *out_order = orders[i].order;
            return true;
        }
    }
    return false;
}
