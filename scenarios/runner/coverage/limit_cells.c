/* timeout/NAME: limits of time and of attempts that ended something. */
#include "coverage/dimension.h"
#include "coverage/field.h"

#include <string.h>

/* The first ones are settings; the client says itself when most of them ended something. */
void scn_list_limits(struct scn_cells *cells)
{
    static const char *const names[] = {
        "timeout",
        "rollback_timeout",
        "request_timeout",
        "connect_timeout",
        "idle_timeout",
        "wait_for_drain",
        "lock_wait",
        "webhook_timeout",
        "max_retry_after",
        "max_attempts",
        "retry_budget",
        "retry_deadline",   /* A repetition would come behind the deadline. */
        "request_deadline", /* A request was cut by the deadline of what it belongs to. */
        "poll_wait",        /* The next poll would. */
        "polls_failed",     /* Too many in a row. */
        "polls_not_found",  /* The same. */
        "settle_reads",     /* Looked for a lost promotion as often as is worth it. */
        "promotions",       /* Sent as often as may be. */
        NULL,
    };
    for (int i = 0; names[i] != NULL; i++) {
        scn_cells_note(cells, "timeout/%s", names[i]);
    }
}

/* The retry layer's reasons, and which limit each is. */
static const char *limit_of_stop(const struct scn_event *event)
{
    static const struct {
        const char *reason;
        const char *limit;
    } rows[] = {
        {"attempts", "max_attempts"},
        {"deadline", "retry_deadline"},
        {"budget", "retry_budget"},
        {"cap", "max_retry_after"},
    };
    const bool is_webhook = scn_event_field_is(event, "call", "webhook");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (scn_event_field_is(event, "reason", rows[i].reason)) {
            return is_webhook && strcmp(rows[i].reason, "deadline") == 0 ? "webhook_timeout"
                                                                         : rows[i].limit;
        }
    }
    return NULL;
}

/* By how long it took: the transport has no log, and its own words end in the reason. */
static const char *limit_of_request(const struct scn_facts *facts, const struct scn_event *event)
{
    const int64_t elapsed_ms = scn_event_field_ms(event, "elapsed_ms");
    const struct cog_config *config = facts->config;
    if (scn_event_field_is(event, "error", "deadline")) {
        return "request_deadline";
    }
    if (scn_event_field_is(event, "error", "unreachable")) {
        const bool has_waited =
            config->connect_timeout_ms > 0 && elapsed_ms >= config->connect_timeout_ms;
        return has_waited ? "connect_timeout" : NULL;
    }
    if (!scn_event_field_is(event, "error", "timeout")) {
        return NULL;
    }
    if (elapsed_ms >= config->request_timeout_ms) {
        return "request_timeout";
    }
    if (config->idle_timeout_ms > 0 && elapsed_ms >= config->idle_timeout_ms) {
        return "idle_timeout";
    }
    return scn_event_field_is(event, "call", "webhook") ? "webhook_timeout" : "request_deadline";
}

void scn_reach_limits(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells)
{
    (void)rulings;
    for (size_t i = 0; i < facts->event_count; i++) {
        const struct scn_event *event = &facts->events[i];
        char buffer[SCN_FIELD_SIZE];
        const char *name = NULL;
        if (scn_event_is(event, "limit")) {
            name = scn_event_field(event, "name", buffer);
        } else if (scn_event_is(event, "retry-stopped")) {
            name = limit_of_stop(event);
        } else if (scn_event_is(event, "request")) {
            name = limit_of_request(facts, event);
        }
        if (name != NULL) {
            scn_cells_note(cells, "timeout/%s", name);
        }
    }
}
