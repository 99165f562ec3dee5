/*
 * retry/METHOD/WHAT/DECISION, and for requests that act also applied or not: after each attempt
 * that failed for a reason which may pass, what the client made of it.
 */
#include "coverage/dimension.h"
#include "coverage/field.h"
#include "coverage/retry_after.h"

#include <stdio.h>
#include <string.h>

/* `get` is everything that changes nothing, by whatever method of HTTP. */
static const char *const methods[] = {"get", "token", "acting", "webhook", NULL};

/* The errors of the client's log, behind what they are called here. */
static const struct {
    const char *what;
    const char *error; /* NULL: it is an answer. */
} reasons[] = {
    {"408", NULL},
    {"429", NULL},
    {"500", NULL},
    {"502", NULL},
    {"503", NULL},
    {"503_retry_after", NULL},
    {"504", NULL},
    {"unsent", "unreachable"},
    {"timeout", "timeout"},
    {"network", "network"},
    {"protocol", "protocol"},
};
enum { REASON_COUNT = sizeof reasons / sizeof reasons[0] };

static const char *const decisions[] = {
    "repeated",       "stopped_attempts", "stopped_deadline",
    "stopped_budget", "stopped_cap",      "stopped_acting",
    "cancelled",      "not_repeated",     NULL,
};

static bool is_acting(const char *method)
{
    return strcmp(method, "acting") == 0;
}

static void list_decisions(struct scn_cells *cells, const char *method, const char *what)
{
    for (int i = 0; decisions[i] != NULL; i++) {
        if (is_acting(method)) {
            scn_cells_note(cells, "retry/%s/%s/%s/applied", method, what, decisions[i]);
            scn_cells_note(cells, "retry/%s/%s/%s/not_applied", method, what, decisions[i]);
        } else {
            scn_cells_note(cells, "retry/%s/%s/%s", method, what, decisions[i]);
        }
    }
}

void scn_list_retries(struct scn_cells *cells)
{
    for (int i = 0; methods[i] != NULL; i++) {
        for (int j = 0; j < REASON_COUNT; j++) {
            list_decisions(cells, methods[i], reasons[j].what);
        }
    }
}

static const char *method_of(const char *call)
{
    static const char *const acting[] = {"promote", "rollback", "cancel", NULL};
    for (int i = 0; acting[i] != NULL; i++) {
        if (strcmp(acting[i], call) == 0) {
            return "acting";
        }
    }
    const bool is_itself = strcmp(call, "token") == 0 || strcmp(call, "webhook") == 0;
    return is_itself ? call : "get";
}

/* What reached the fake of a request that the client logged; NULL for nothing. */
static const struct mock_exchange *find_exchange(const struct scn_facts *facts,
                                                 const struct scn_event *request)
{
    char id[SCN_FIELD_SIZE];
    (void)scn_event_field(request, "request_id", id);
    for (size_t i = request->exchange_count; i > 0; i--) {
        const struct mock_exchange *exchange = &facts->exchanges[i - 1];
        if (exchange->request_id != NULL && strcmp(exchange->request_id, id) == 0) {
            return exchange;
        }
    }
    return NULL;
}

/* Why it may be worth repeating; NULL when it is not. */
static const char *reason_of(const struct scn_event *request, const struct mock_exchange *exchange)
{
    char word[SCN_FIELD_SIZE];
    if (scn_event_field(request, "error", word)[0] == '\0') {
        (void)scn_event_field(request, "status", word);
    }
    if (strcmp(word, "503") == 0 && exchange != NULL &&
        scn_retry_after_is_valid(scn_retry_after_form(exchange))) {
        return "503_retry_after";
    }
    for (int i = 0; i < REASON_COUNT; i++) {
        const char *name = reasons[i].error != NULL ? reasons[i].error : reasons[i].what;
        if (strcmp(name, word) == 0) {
            return reasons[i].what;
        }
    }
    return NULL;
}

/* The decision about a request is logged directly behind it, or it is final by itself. */
static const char *decision_of(const struct scn_facts *facts, size_t index, const char *call,
                               char buffer[SCN_FIELD_SIZE])
{
    const char *decision = "not_repeated";
    for (size_t i = index + 1; i < facts->event_count; i++) {
        const struct scn_event *event = &facts->events[i];
        char reason[SCN_FIELD_SIZE / 2];
        char whole[SCN_FIELD_SIZE];
        if (!scn_event_field_is(event, "call", call)) {
            break;
        }
        if (scn_event_is(event, "retry")) {
            decision = "repeated";
            continue;
        }
        if (!scn_event_is(event, "retry-stopped")) {
            break;
        }
        (void)snprintf(reason, sizeof reason, "%.*s", (int)sizeof reason - 1,
                       scn_event_field(event, "reason", whole));
        const bool is_cancelled = strcmp(reason, "cancelled") == 0;
        (void)snprintf(buffer, SCN_FIELD_SIZE, "%s%s", is_cancelled ? "" : "stopped_", reason);
        return buffer;
    }
    return decision;
}

static void reach_retry(const struct scn_facts *facts, size_t index, struct scn_cells *cells)
{
    const struct scn_event *request = &facts->events[index];
    const struct mock_exchange *exchange = find_exchange(facts, request);
    const char *what = reason_of(request, exchange);
    if (what == NULL) {
        return;
    }
    char call[SCN_FIELD_SIZE];
    char buffer[SCN_FIELD_SIZE];
    const char *method = method_of(scn_event_field(request, "call", call));
    const char *decision = decision_of(facts, index, call, buffer);
    const bool is_applied = exchange != NULL && exchange->applied;
    scn_cells_note(cells, "retry/%s/%s/%s%s", method, what, decision,
                   !is_acting(method) ? ""
                   : is_applied       ? "/applied"
                                      : "/not_applied");
}

void scn_reach_retries(const struct scn_facts *facts, const struct scn_rulings *rulings,
                       struct scn_cells *cells)
{
    (void)rulings;
    for (size_t i = 0; i < facts->event_count; i++) {
        if (scn_event_is(&facts->events[i], "request")) {
            reach_retry(facts, i, cells);
        }
    }
}
