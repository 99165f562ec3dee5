#include "promotion.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct transition {
    enum cog_state state;
    enum cog_event event;
    enum cog_state next;
};

/* Everything that can follow on anything; what is not here cannot happen. */
static const struct transition TRANSITIONS[] = {
    {COG_STATE_AUTHENTICATE, COG_EVENT_PASSED, COG_STATE_DRAIN},
    {COG_STATE_AUTHENTICATE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_DRAIN, COG_EVENT_PASSED, COG_STATE_CHECK},
    {COG_STATE_DRAIN, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_CHECK, COG_EVENT_PASSED, COG_STATE_BASELINE},
    {COG_STATE_CHECK, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_BASELINE, COG_EVENT_PASSED, COG_STATE_PROMOTE},
    {COG_STATE_BASELINE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_PROMOTE, COG_EVENT_PASSED, COG_STATE_FOLLOW},
    {COG_STATE_PROMOTE, COG_EVENT_OCCUPIED, COG_STATE_DRAIN},
    {COG_STATE_PROMOTE, COG_EVENT_AMBIGUOUS, COG_STATE_SETTLE},
    {COG_STATE_PROMOTE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_SETTLE, COG_EVENT_PASSED, COG_STATE_FOLLOW},
    {COG_STATE_SETTLE, COG_EVENT_ABSENT, COG_STATE_PROMOTE},
    {COG_STATE_SETTLE, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_FOLLOW, COG_EVENT_COMPLETED, COG_STATE_VERIFY},
    {COG_STATE_FOLLOW, COG_EVENT_FAILED, COG_STATE_ROLL_BACK},
    {COG_STATE_FOLLOW, COG_EVENT_OVERDUE, COG_STATE_STOP},
    {COG_STATE_FOLLOW, COG_EVENT_ROLLING_BACK, COG_STATE_FOLLOW_ROLLBACK},
    {COG_STATE_FOLLOW, COG_EVENT_RESTORED, COG_STATE_VERIFY_RESTORED},
    {COG_STATE_FOLLOW, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_STOP, COG_EVENT_COMPLETED, COG_STATE_VERIFY},
    {COG_STATE_STOP, COG_EVENT_FAILED, COG_STATE_ROLL_BACK},
    {COG_STATE_STOP, COG_EVENT_ROLLING_BACK, COG_STATE_FOLLOW_ROLLBACK},
    {COG_STATE_STOP, COG_EVENT_RESTORED, COG_STATE_VERIFY_RESTORED},
    {COG_STATE_STOP, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_ROLL_BACK, COG_EVENT_PASSED, COG_STATE_FOLLOW_ROLLBACK},
    {COG_STATE_ROLL_BACK, COG_EVENT_COMPLETED, COG_STATE_VERIFY},
    {COG_STATE_ROLL_BACK, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_FOLLOW_ROLLBACK, COG_EVENT_RESTORED, COG_STATE_VERIFY_RESTORED},
    {COG_STATE_FOLLOW_ROLLBACK, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_VERIFY, COG_EVENT_UNWANTED, COG_STATE_ROLL_BACK},
    {COG_STATE_VERIFY, COG_EVENT_ENDED, COG_STATE_END},

    {COG_STATE_VERIFY_RESTORED, COG_EVENT_ENDED, COG_STATE_END},
};

struct state_row {
    const char *name;
    enum cog_event (*run)(struct cog_promotion *promotion);
};

static const struct state_row STATES[] = {
    [COG_STATE_AUTHENTICATE] = {"authenticate", cog_authenticate},
    [COG_STATE_DRAIN] = {"ready", cog_drain},
    [COG_STATE_CHECK] = {"ready", cog_check},
    [COG_STATE_BASELINE] = {"ready", cog_baseline},
    [COG_STATE_PROMOTE] = {"promote", cog_submit},
    [COG_STATE_FOLLOW] = {"follow", cog_follow},
    [COG_STATE_VERIFY] = {"verify", cog_verify},
    [COG_STATE_SETTLE] = {"settle", cog_settle},
    [COG_STATE_STOP] = {"follow", cog_stop},
    [COG_STATE_ROLL_BACK] = {"rollback", cog_roll_back},
    [COG_STATE_FOLLOW_ROLLBACK] = {"rollback", cog_follow_rollback},
    [COG_STATE_VERIFY_RESTORED] = {"verify", cog_verify_restored},
    [COG_STATE_END] = {"end", NULL},
};

static bool transition_find(enum cog_state state, enum cog_event event, enum cog_state *out_next)
{
    for (size_t i = 0; i < sizeof TRANSITIONS / sizeof TRANSITIONS[0]; i++) {
        if (TRANSITIONS[i].state == state && TRANSITIONS[i].event == event) {
            *out_next = TRANSITIONS[i].next;
            return true;
        }
    }
    return false;
}

static void enter(struct cog_promotion *promotion, enum cog_state next)
{
    if (next != COG_STATE_END &&
        strcmp(cog_state_name(next), cog_state_name(promotion->state)) != 0) {
        cog_promotion_log(promotion, COG_LOG_INFO, "step", "name", cog_state_name(next));
    }
    promotion->state = next;
}

void cog_promotion_run(struct cog_promotion *promotion)
{
    promotion->deadline_ms =
        cog_clock_monotonic_ms(promotion->clock) + promotion->config->timeout_ms;
    promotion->drain_deadline_ms = -1;
    promotion->rollback_deadline_ms = -1;
    promotion->state = COG_STATE_AUTHENTICATE;
    cog_promotion_log(promotion, COG_LOG_INFO, "step", "name", cog_state_name(promotion->state));

    while (promotion->state != COG_STATE_END) {
        enum cog_event event = STATES[promotion->state].run(promotion);
        enum cog_state next = COG_STATE_END;
        bool is_found = transition_find(promotion->state, event, &next);
        assert(is_found);
        if (!is_found) {
            struct cog_error error = {0};
            (void)cog_error_set(&error, COG_ERROR_INTERNAL, "no way on from state '%s'",
                                cog_state_name(promotion->state));
            (void)cog_promotion_end(promotion, COG_OUTCOME_INTERNAL, COG_TARGET_UNKNOWN, &error);
        }
        enter(promotion, next);
    }
}

const char *cog_state_name(enum cog_state state)
{
    return STATES[state].name;
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
    if (promotion->rollback_deadline_ms < 0) {
        promotion->rollback_deadline_ms =
            cog_clock_monotonic_ms(promotion->clock) + promotion->config->rollback_timeout_ms;
    }
    /* A rollback that has begun is not cancelled: a half-restored target helps nobody. */
    return (struct cog_limits){.deadline_ms = promotion->rollback_deadline_ms};
}

void cog_promotion_note_failure(struct cog_promotion *promotion, const struct cog_error *cause)
{
    struct cog_report *report = promotion->report;
    char text[COG_REASON_SIZE];
    (void)cog_error_text(cause, text, sizeof text);
    cog_promotion_log(promotion, COG_LOG_WARNING, "failure", "reason", text);
    if (report->reason[0] != '\0') {
        (void)snprintf(report->follow_up, sizeof report->follow_up, "%s", text);
        return;
    }
    (void)snprintf(report->reason, sizeof report->reason, "%s", text);
    (void)snprintf(report->step, sizeof report->step, "%s", cog_state_name(promotion->state));
}

void cog_promotion_forget_failure(struct cog_promotion *promotion)
{
    promotion->report->reason[0] = '\0';
    promotion->report->step[0] = '\0';
}

enum cog_event cog_promotion_end(struct cog_promotion *promotion, enum cog_outcome outcome,
                                 enum cog_target_state target, const struct cog_error *cause)
{
    if (cause != NULL) {
        cog_promotion_note_failure(promotion, cause);
    }
    promotion->report->outcome = outcome;
    promotion->report->target = target;
    return COG_EVENT_ENDED;
}

enum cog_outcome cog_promotion_untouched_outcome(enum cog_code code)
{
    switch (code) {
    case COG_ERROR_UNAUTHORIZED:
    case COG_ERROR_FORBIDDEN:
        return COG_OUTCOME_UNAUTHORIZED;
    case COG_ERROR_CANCELLED:
        return COG_OUTCOME_INTERRUPTED;
    case COG_OK:
    case COG_ERROR_ARGUMENT:
    case COG_ERROR_CONFIGURATION:
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
                                  int64_t deadline_ms, struct cog_error *error)
{
    int64_t due_ms = cog_clock_monotonic_ms(promotion->clock) + pause_ms;
    if (due_ms >= deadline_ms) {
        return cog_error_set(error, COG_ERROR_DEADLINE, "the time is up");
    }
    enum cog_code code = cog_clock_sleep_until(promotion->clock, due_ms, promotion->cancel);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "interrupted");
}

void cog_promotion_log(const struct cog_promotion *promotion, enum cog_log_level level,
                       const char *event, const char *key, const char *value)
{
    const struct cog_log_field field = {.key = key, .value = value};
    cog_log_write(promotion->log, level, event, &field, key == NULL ? 0 : 1);
}
