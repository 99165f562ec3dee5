/* One request, from its head to the end of its answer. */
#include "server_private.h"
#include "v1/answer.h"
#include "v1/credentials.h"
#include "v1/spoil.h"
#include "v1/wire.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct mock_hearing {
    struct mock_server *server; /**< Held. */
    struct mock_visit visit;
    struct mock_request
        request;           /**< Its texts are in the journal's entry, its body is the caller's. */
    struct mock_plan plan; /**< A refusal for which no body is needed; else empty. */
    struct mock_track *track; /**< Held. */
    struct mock_strike strike;
    int honest_status;                /**< What the API answered; 0 when a fault forestalled it. */
    struct mock_journal_entry *entry; /**< Held. */
};

/* What the chief of those that strike does; NULL for nothing. */
static const struct mock_injection *chief(const struct mock_hearing *hearing)
{
    const struct mock_armed *armed = hearing->strike.chief;
    return armed == NULL ? NULL : &armed->fault->injection;
}

static void append_fault(struct cog_text *text, const struct mock_armed *armed, const char *end)
{
    cog_text_append_format(text, "%sf-%" PRIu64 " %s%s", text->length > 0 ? "; " : "",
                           armed->number, armed->fault->description, end);
}

/* Into the journal, and to who watches. */
static enum cog_code note_strike(struct mock_hearing *hearing)
{
    const struct mock_strike *strike = &hearing->strike;
    if (strike->count == 0) {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text faults = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text kinds = {0};
    for (size_t i = 0; i < strike->count; i++) {
        append_fault(&faults, strike->items[i], "");
        mock_injection_append_kinds(&strike->items[i]->fault->injection, &kinds);
    }
    for (size_t i = 0; i < strike->lost_count; i++) {
        append_fault(&faults, strike->lost[i], " (lost)");
    }
    if (faults.failed || kinds.failed) {
        return COG_ERROR_MEMORY;
    }
    const struct mock_armed *first = strike->chief == NULL ? strike->items[0] : strike->chief;
    const struct mock_journal_strike what = {
        .fault = first->fault->name,
        .faults = cog_text_string(&faults),
        .fault_kinds = cog_text_string(&kinds),
    };
    return mock_journal_strike(&hearing->server->journal, hearing->entry, &what);
}

static void tell_strike(const struct mock_hearing *hearing)
{
    const struct mock_exchange *exchange = &hearing->entry->exchange;
    for (size_t i = 0; i < hearing->strike.count; i++) {
        mock_server_tell_fault(hearing->server, hearing->strike.items[i], "struck", exchange);
    }
    for (size_t i = 0; i < hearing->strike.lost_count; i++) {
        mock_server_tell_fault(hearing->server, hearing->strike.lost[i], "lost", exchange);
    }
}

static void note_place(struct mock_hearing *hearing)
{
    const struct mock_address address = mock_track_address(hearing->track);
    struct mock_exchange *exchange = &hearing->entry->exchange;
    exchange->at_ms = hearing->server->api.world->now_ms;
    exchange->base_at_ms = hearing->server->base_now_ms;
    exchange->path = hearing->visit.path;
    exchange->call = mock_call_name(address.call);
    exchange->nth = address.nth;
    exchange->attempt = address.attempt;
    mock_visit_note_token(&hearing->visit);
    exchange->token = hearing->visit.token_number;
}

/* Routes the request and finds its place among the calls. */
static enum cog_code locate(struct mock_hearing *hearing)
{
    struct mock_server *server = hearing->server;
    enum cog_code code =
        mock_api_route(&server->api, &hearing->request, &hearing->visit, &hearing->plan);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_route *route = hearing->visit.route;
    code = mock_tracker_locate(
        &server->tracker, route == NULL ? MOCK_CALL_UNKNOWN : route->call, hearing->visit.path,
        mock_request_header(&hearing->request, "X-Request-Id"), &hearing->track);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_address address = mock_track_address(hearing->track);
    note_place(hearing);
    if (hearing->plan.status != 0) {
        return COG_OK;
    }
    mock_arsenal_strike(&server->arsenal, &address, server->api.world->now_ms, &hearing->strike);
    return note_strike(hearing);
}

static void tell(const struct mock_hearing *hearing, const char *kind, int64_t at_ms)
{
    const struct mock_event event = {
        .kind = kind,
        .at_ms = at_ms,
        .exchange = &hearing->entry->exchange,
    };
    mock_server_tell(hearing->server, &event);
}

static enum cog_code begin(struct mock_hearing *hearing, const struct mock_request *head)
{
    mock_server_advance(hearing->server);
    enum cog_code code = mock_journal_open(&hearing->server->journal, head, &hearing->entry);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_exchange *exchange = &hearing->entry->exchange;
    hearing->request = (struct mock_request){
        .method = exchange->method,
        .target = exchange->target,
        .headers = exchange->headers,
        .header_count = exchange->header_count,
        .body = "",
    };
    return locate(hearing);
}

enum cog_code mock_hearing_open(struct mock_server *server, const struct mock_request *head,
                                struct mock_hearing **out_hearing, struct cog_error *error)
{
    struct mock_hearing *hearing = calloc(1, sizeof *hearing);
    enum cog_code code = COG_ERROR_MEMORY;
    if (hearing != NULL) {
        hearing->server = mock_server_hold(server);
        code = begin(hearing, head);
    }
    if (code != COG_OK) {
        mock_hearing_close(hearing, MOCK_HEARING_ABANDONED);
        (void)cog_error_set(error, code, "cannot hear %s %s", head->method, head->target);
        return code;
    }
    tell(hearing, "request", hearing->entry->exchange.at_ms);
    tell_strike(hearing);
    *out_hearing = hearing;
    return COG_OK;
}

/* How much a request says that its body has; 0 when it does not say, or there is none. */
static size_t announced_length(const struct mock_hearing *hearing)
{
    const char *text = mock_request_header(&hearing->request, "Content-Length");
    int64_t length = 0;
    if (text == NULL || cog_number_parse_integer(text, 0, INT64_MAX, &length, NULL) != COG_OK) {
        return 0;
    }
    return length < MOCK_BODY_LENGTH_MAX ? (size_t)length : MOCK_BODY_LENGTH_MAX;
}

size_t mock_hearing_upload_max(const struct mock_hearing *hearing)
{
    const struct mock_injection *injection = chief(hearing);
    if (injection == NULL || mock_fault_phase(injection->kind) != MOCK_PHASE_SEND) {
        return SIZE_MAX;
    }
    if (injection->kind == MOCK_FAULT_RESET_MID_BODY && injection->after_bytes < 0) {
        return announced_length(hearing) / 2;
    }
    return injection->after_bytes < 0 ? 0 : (size_t)injection->after_bytes;
}

/* The chief first: of what the others add, it would leave nothing. */
static enum cog_code spoil(struct mock_hearing *hearing, struct mock_plan *plan)
{
    const struct mock_strike *strike = &hearing->strike;
    struct mock_visit *visit = &hearing->visit;
    enum cog_code code = COG_OK;
    if (strike->chief != NULL) {
        visit->rule = "fault";
        (void)snprintf(visit->why, sizeof visit->why, "%.*s", MOCK_VISIT_WHY_SIZE - 1,
                       strike->chief->fault->description);
        code = mock_plan_spoil(plan, chief(hearing), visit);
    }
    for (size_t i = 0; code == COG_OK && i < strike->count; i++) {
        if (strike->items[i] != strike->chief) {
            code = mock_plan_spoil(plan, &strike->items[i]->fault->injection, visit);
        }
    }
    return code;
}

static enum cog_code answer(struct mock_hearing *hearing, struct mock_plan *plan)
{
    const struct mock_injection *injection = chief(hearing);
    enum cog_code code = COG_OK;
    if (plan->status != 0) {
        return COG_OK;
    }
    if (injection == NULL || injection->applied) {
        code = mock_api_answer(&hearing->visit, plan);
    }
    hearing->honest_status = plan->status;
    return code == COG_OK ? spoil(hearing, plan) : code;
}

/* Headers that every answer has, a spoilt one too. */
static enum cog_code add_common_headers(const struct mock_hearing *hearing, struct mock_plan *plan)
{
    struct mock_api *api = &hearing->server->api;
    const char *request_id = hearing->entry->exchange.request_id;
    if (plan->status == 0) {
        return COG_OK;
    }
    enum cog_code code = mock_plan_header_append(plan, "Date", mock_api_date(api));
    if (code == COG_OK && request_id != NULL && !api->behaviour->seed_only) {
        code = mock_plan_header_append(plan, "X-Request-Id", request_id);
    }
    return code;
}

static void count(const struct mock_hearing *hearing, int status)
{
    struct mock_metrics *metrics = hearing->server->metrics;
    const enum mock_call call = mock_track_address(hearing->track).call;
    metrics->answers[call][mock_metrics_class(status)]++;
    metrics->faults[call] += hearing->strike.count;
}

/* A fault that spoilt the answer has decided it. */
static const char *deciding_rule(const struct mock_hearing *hearing)
{
    const char *rule = hearing->visit.rule == NULL ? "world" : hearing->visit.rule;
    return hearing->strike.chief == NULL ? rule : "fault";
}

static void note_answer(struct mock_hearing *hearing, const struct mock_plan *plan)
{
    struct mock_exchange *exchange = &hearing->entry->exchange;
    exchange->state = MOCK_EXCHANGE_ANSWERED;
    exchange->answered_ms = hearing->server->api.world->now_ms;
    exchange->base_answered_ms = hearing->server->base_now_ms;
    exchange->status = plan->status != 0 ? plan->status : hearing->honest_status;
    exchange->applied = hearing->visit.applied;
    exchange->rule = deciding_rule(hearing);
    exchange->retry_after_ms = plan->retry_after_ms;
    exchange->delay_ms = plan->delay_ms;
    count(hearing, exchange->status);
    exchange->is_whole =
        plan->status != 0 && plan->ending == MOCK_ENDING_COMPLETE && plan->wire == MOCK_WIRE_PLAIN;
    if (hearing->visit.applied && hearing->honest_status / 100 == 2) {
        mock_server_injects_follow_call(hearing->server, mock_track_address(hearing->track).call,
                                        exchange->at_ms);
    }
    if (hearing->visit.issued_token > 0) {
        exchange->token = hearing->visit.issued_token;
    }
}

static enum cog_code record(struct mock_hearing *hearing, const struct mock_plan *plan)
{
    const char *client_id = NULL;
    enum cog_code code = mock_visit_client(&hearing->visit, &client_id);
    if (code != COG_OK) {
        return code;
    }
    note_answer(hearing, plan);
    const struct mock_journal_answer answer = {
        .request = &hearing->request,
        .plan = plan,
        .client = client_id,
        .why = hearing->strike.chief == NULL ? hearing->visit.why
                                             : hearing->strike.chief->fault->description,
    };
    return mock_journal_answer(&hearing->server->journal, hearing->entry, &answer);
}

/* For the receiver of the webhook, whatever it answered. */
static enum cog_code record_arrival(const struct mock_hearing *hearing,
                                    const struct mock_plan *plan)
{
    struct mock_server *server = hearing->server;
    const struct mock_exchange *exchange = &hearing->entry->exchange;
    const struct mock_hook_arrival arrival = {
        .hook_id = hearing->visit.id,
        .request_number = exchange->number,
        .at_ms = exchange->answered_ms,
        .unix_ms = cog_clock_unix_ms(server->clock.base),
        .delivery = {.id = exchange->webhook_id,
                     .timestamp = exchange->webhook_timestamp,
                     .signature = exchange->webhook_signature,
                     .body = hearing->request.body,
                     .body_length = hearing->request.body_length},
        .status = plan->status,
        .is_broken_off = plan->ending != MOCK_ENDING_COMPLETE,
    };
    return mock_hooks_record(&server->api.hooks, &arrival);
}

static enum cog_code record_delivery(const struct mock_hearing *hearing,
                                     const struct mock_plan *plan)
{
    const bool is_for_hook = mock_track_address(hearing->track).call == MOCK_CALL_WEBHOOK;
    if (!is_for_hook || hearing->visit.id == NULL) {
        return COG_OK;
    }
    enum cog_code code = record_arrival(hearing, plan);
    mock_server_tell_delivery(hearing->server, code);
    if (code != COG_OK || plan->status / 100 != 2 || plan->ending != MOCK_ENDING_COMPLETE) {
        return code;
    }
    const struct mock_exchange *exchange = &hearing->entry->exchange;
    const struct mock_delivery delivery = {
        .at_ms = exchange->answered_ms,
        .webhook_id = exchange->webhook_id,
        .signature = exchange->webhook_signature,
        .body = hearing->request.body,
    };
    return mock_journal_append_delivery(&hearing->server->journal, &delivery);
}

static enum cog_code handle(struct mock_hearing *hearing, struct mock_plan *plan)
{
    enum cog_code code = answer(hearing, plan);
    if (code == COG_OK) {
        code = add_common_headers(hearing, plan);
    }
    if (code == COG_OK) {
        code = mock_plan_compose(plan);
    }
    if (code == COG_OK) {
        code = record(hearing, plan);
    }
    if (code == COG_OK) {
        code = record_delivery(hearing, plan);
    }
    if (code == COG_OK) {
        mock_track_close(hearing->track, plan->status, plan->ending == MOCK_ENDING_COMPLETE);
    }
    return code;
}

enum cog_code mock_hearing_answer(struct mock_hearing *hearing, const char *body,
                                  size_t body_length, struct mock_plan *out_plan,
                                  struct cog_error *error)
{
    COG_CLEANUP(mock_plan_finish) struct mock_plan plan = hearing->plan;
    hearing->plan = (struct mock_plan){0};
    hearing->request.body = body;
    hearing->request.body_length = body_length;
    hearing->visit.request = &hearing->request;
    mock_server_advance(hearing->server);
    enum cog_code code = handle(hearing, &plan);
    hearing->request.body = "";
    hearing->request.body_length = 0;
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot answer %s %s", hearing->request.method,
                             hearing->request.target);
    }
    tell(hearing, "answer", hearing->entry->exchange.answered_ms);
    *out_plan = plan;
    plan = (struct mock_plan){0};
    return COG_OK;
}

const struct mock_exchange *mock_hearing_exchange(const struct mock_hearing *hearing)
{
    return &hearing->entry->exchange;
}

const struct mock_clock *mock_hearing_clock(const struct mock_hearing *hearing)
{
    return &hearing->server->clock;
}

void mock_hearing_close(struct mock_hearing *hearing, enum mock_hearing_end end)
{
    if (hearing == NULL) {
        return;
    }
    if (hearing->entry != NULL) {
        struct mock_exchange *exchange = &hearing->entry->exchange;
        exchange->state = end == MOCK_HEARING_SENT ? MOCK_EXCHANGE_DONE : MOCK_EXCHANGE_ABANDONED;
        exchange->base_done_ms = cog_clock_monotonic_ms(hearing->server->clock.base);
        exchange->done_ms = mock_clock_at_ms(&hearing->server->clock, exchange->base_done_ms);
        exchange->newest_at_end = hearing->server->journal.exchanges.newest;
        tell(hearing, "done", exchange->done_ms);
        mock_journal_entry_drop(hearing->entry);
    }
    mock_track_drop(hearing->track);
    mock_visit_finish(&hearing->visit);
    mock_plan_finish(&hearing->plan);
    mock_strike_finish(&hearing->strike);
    mock_server_destroy(hearing->server);
    free(hearing);
}

enum cog_code mock_handle(struct mock_server *server, const struct mock_request *request,
                          struct mock_plan *out_plan, struct cog_error *error)
{
    struct mock_hearing *hearing = NULL;
    enum cog_code code = mock_hearing_open(server, request, &hearing, error);
    if (hearing != NULL) {
        code = mock_hearing_answer(hearing, request->body, request->body_length, out_plan, error);
    }
    mock_hearing_close(hearing, MOCK_HEARING_SENT);
    return code;
}
