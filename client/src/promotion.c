#include "promotion.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static enum cog_event (*const STATES[COG_STATE_COUNT])(struct cog_promotion *promotion) = {
    [COG_STATE_AUTHENTICATE] = cog_authenticate,
    [COG_STATE_LOCK] = cog_lock_target,
    [COG_STATE_DRAIN] = cog_drain,
    [COG_STATE_CHECK] = cog_check,
    [COG_STATE_BASELINE] = cog_baseline,
    [COG_STATE_PROMOTE] = cog_submit,
    [COG_STATE_FOLLOW] = cog_follow,
    [COG_STATE_VERIFY] = cog_verify,
    [COG_STATE_SETTLE] = cog_settle,
    [COG_STATE_INSPECT] = cog_inspect,
    [COG_STATE_STOP] = cog_stop,
    [COG_STATE_ROLL_BACK] = cog_roll_back,
    [COG_STATE_FOLLOW_ROLLBACK] = cog_follow_rollback,
    [COG_STATE_VERIFY_RESTORED] = cog_verify_restored,
};

static void log_step(const struct cog_promotion *promotion)
{
    cog_promotion_log(promotion, COG_LOG_INFO, "step", "name",
                      cog_state_name(promotion->course->state));
}

static void log_transition(const struct cog_promotion *promotion, enum cog_event event,
                           enum cog_state next)
{
    const struct cog_log_field fields[] = {
        {"from", cog_state_key(promotion->course->state)},
        {"on", cog_event_name(event)},
        {"to", cog_state_key(next)},
    };
    cog_log_write(promotion->log, COG_LOG_DEBUG, "transition", fields,
                  sizeof fields / sizeof fields[0]);
}

static void enter(struct cog_promotion *promotion, enum cog_state next)
{
    struct cog_course *course = promotion->course;
    bool is_news = strcmp(cog_state_name(next), cog_state_name(course->state)) != 0;
    course->last_state = course->state;
    course->state = next;
    if (next == COG_STATE_END) {
        return; /* Closing the run notes that. */
    }
    if (is_news) {
        log_step(promotion);
    }
    cog_promotion_journal_or_go_on(promotion, "state");
}

/** No way on: a bug, which must not be taken for any other end. */
static void end_lost(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_INTERNAL, "no way on from state '%s'",
                        cog_state_key(promotion->course->state));
    (void)cog_promotion_end(promotion, COG_OUTCOME_INTERNAL, COG_TARGET_UNKNOWN, &error);
}

/** What was decided stands: a process that died behind that left only the state behind. */
static enum cog_event visit(struct cog_promotion *promotion)
{
    return promotion->course->is_decided ? COG_EVENT_ENDED
                                         : STATES[promotion->course->state](promotion);
}

void cog_promotion_run(struct cog_promotion *promotion)
{
    log_step(promotion);
    while (promotion->course->state != COG_STATE_END) {
        const enum cog_state state = promotion->course->state;
        enum cog_event event = visit(promotion);
        enum cog_state next = COG_STATE_END;
        bool is_found = cog_transition_find(state, event, &next);
        assert(is_found);
        if (is_found) {
            log_transition(promotion, event, next);
        } else {
            end_lost(promotion);
        }
        enter(promotion, next);
    }
}

enum cog_code cog_promotion_journal(struct cog_promotion *promotion, const char *event,
                                    struct cog_error *error)
{
    if (promotion->journal == NULL) {
        return COG_OK;
    }
    return cog_journal_write(promotion->journal, event, promotion->course, error);
}

void cog_promotion_journal_or_go_on(struct cog_promotion *promotion, const char *event)
{
    struct cog_error error = {0};
    if (cog_promotion_journal(promotion, event, &error) == COG_OK || promotion->has_no_journal) {
        return;
    }
    char text[COG_REASON_SIZE];
    promotion->has_no_journal = true;
    cog_promotion_log(promotion, COG_LOG_ERROR, "journal-failed", "reason",
                      cog_error_text(&error, text, sizeof text));
}

struct cog_limits cog_promotion_limits(const struct cog_promotion *promotion)
{
    return (struct cog_limits){
        .deadline_ms = promotion->deadline_ms,
        .cancel = promotion->cancel,
    };
}

struct cog_limits cog_promotion_rollback_limits(struct cog_promotion *promotion)
{
    if (promotion->rollback_deadline_ms == 0) {
        promotion->rollback_deadline_ms =
            cog_clock_monotonic_ms(promotion->clock) + promotion->config->rollback_timeout_ms;
    }
    /* A rollback that has begun is not cancelled: a half-restored target helps nobody. */
    return (struct cog_limits){.deadline_ms = promotion->rollback_deadline_ms};
}

void cog_promotion_note_failure(struct cog_promotion *promotion, const struct cog_error *cause)
{
    struct cog_report *report = &promotion->course->report;
    char text[COG_REASON_SIZE];
    (void)cog_error_text(cause, text, sizeof text);
    cog_promotion_log(promotion, COG_LOG_WARNING, "failure", "reason", text);
    if (report->reason[0] != '\0') {
        (void)snprintf(report->follow_up, sizeof report->follow_up, "%s", text);
        return;
    }
    (void)snprintf(report->reason, sizeof report->reason, "%s", text);
    (void)snprintf(report->step, sizeof report->step, "%s",
                   cog_state_name(promotion->course->state));
}

void cog_promotion_forget_failure(struct cog_promotion *promotion)
{
    promotion->course->report.follow_up[0] = '\0';
    promotion->course->report.reason[0] = '\0';
    promotion->course->report.step[0] = '\0';
}

enum cog_event cog_promotion_end(struct cog_promotion *promotion, enum cog_outcome outcome,
                                 enum cog_target_state target, const struct cog_error *cause)
{
    if (cause != NULL) {
        cog_promotion_note_failure(promotion, cause);
    }
    promotion->course->is_decided = true;
    promotion->course->report.outcome = outcome;
    promotion->course->report.target = target;
    return COG_EVENT_ENDED;
}

bool cog_promotion_is_refusal(enum cog_code code)
{
    return code == COG_ERROR_REFUSED || code == COG_ERROR_CONFLICT || code == COG_ERROR_NOT_FOUND ||
           code == COG_ERROR_FORBIDDEN || code == COG_ERROR_UNAUTHORIZED;
}

enum cog_outcome cog_promotion_untouched_outcome(enum cog_code code)
{
    switch (code) {
    case COG_ERROR_UNAUTHORIZED:
    case COG_ERROR_FORBIDDEN:
        return COG_OUTCOME_UNAUTHORIZED;
    case COG_ERROR_CANCELLED:
        return COG_OUTCOME_INTERRUPTED;
    case COG_ERROR_CONFIGURATION:
        return COG_OUTCOME_USAGE; /* A file of ours, which nobody reads before the first request. */
    case COG_OK:
    case COG_ERROR_ARGUMENT:
    case COG_ERROR_SYNTAX:
    case COG_ERROR_MEMORY:
    case COG_ERROR_STORAGE:
    case COG_ERROR_INTERNAL:
        return COG_OUTCOME_INTERNAL;
    case COG_ERROR_DEADLINE:
    case COG_ERROR_UNREACHABLE:
    case COG_ERROR_TIMEOUT:
    case COG_ERROR_NETWORK:
    case COG_ERROR_PROTOCOL:
    case COG_ERROR_NOT_FOUND:
    case COG_ERROR_CONFLICT:
    case COG_ERROR_REFUSED:
    case COG_ERROR_THROTTLED:
    case COG_ERROR_UNAVAILABLE:
    case COG_ERROR_AMBIGUOUS:
        break;
    }
    return COG_OUTCOME_NOT_READY;
}

enum cog_event cog_promotion_end_untouched(struct cog_promotion *promotion,
                                           const struct cog_error *cause)
{
    return cog_promotion_end(promotion, cog_promotion_untouched_outcome(cause->code),
                             COG_TARGET_UNTOUCHED, cause);
}

enum cog_code cog_promotion_pause(const struct cog_promotion *promotion, int64_t pause_ms,
                                  struct cog_limits limits, struct cog_error *error)
{
    int64_t due_ms = cog_clock_monotonic_ms(promotion->clock) + pause_ms;
    if (due_ms >= limits.deadline_ms) {
        return cog_error_set(error, COG_ERROR_DEADLINE, "the time is up");
    }
    enum cog_code code = cog_clock_sleep_until(promotion->clock, due_ms, limits.cancel);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "interrupted");
}

bool cog_promotion_must_roll_back(const struct cog_promotion *promotion)
{
    return promotion->config->on_interrupt == COG_ON_INTERRUPT_ROLL_BACK &&
           cog_cancel_is_requested(promotion->cancel);
}

void cog_promotion_log_limit(const struct cog_promotion *promotion, const char *name)
{
    cog_promotion_log(promotion, COG_LOG_DEBUG, "limit", "name", name);
}

void cog_promotion_log(const struct cog_promotion *promotion, enum cog_log_level level,
                       const char *event, const char *key, const char *value)
{
    const struct cog_log_field field = {.key = key, .value = value};
    cog_log_write(promotion->log, level, event, &field, key == NULL ? 0 : 1);
}
