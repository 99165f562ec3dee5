#include <cogmock/server.h>

#include "server_private.h"
#include "v1/answer.h"
#include "v1/spoil.h"
#include "v1/wire.h"

#include <cogbase/stamp.h>

#include <stdlib.h>

/* What is known of a request besides the visit. */
struct hearing {
    struct mock_visit visit;
    struct mock_track *track;
    const struct mock_fault *fault; /**< NULL for none. */
    int honest_status;              /**< What the API answered; 0 when a fault forestalled it. */
};

static void hearing_finish(struct hearing *hearing)
{
    mock_visit_finish(&hearing->visit);
}

static enum cog_code create_api(struct mock_server *server, uint64_t seed)
{
    struct mock_world *world = NULL;
    enum cog_code code = mock_world_create(&server->script->setup, seed, &world);
    if (code != COG_OK) {
        return code;
    }
    mock_api_init(&server->api, world, &server->script->behaviour,
                  cog_clock_unix_ms(server->clock));
    server->start_ms = cog_clock_monotonic_ms(server->clock);
    return COG_OK;
}

enum cog_code mock_server_create(const struct mock_script *script, struct cog_clock clock,
                                 uint64_t seed, struct mock_server **out_server,
                                 struct cog_error *error)
{
    struct mock_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    server->script = script;
    server->clock = clock;
    server->struck = calloc(script->fault_count + 1, sizeof *server->struck);
    enum cog_code code = server->struck == NULL ? COG_ERROR_MEMORY : create_api(server, seed);
    if (code != COG_OK) {
        mock_server_destroy(server);
        return cog_error_set(error, code, "cannot create the server");
    }
    *out_server = server;
    return COG_OK;
}

void mock_server_destroy(struct mock_server *server)
{
    if (server == NULL) {
        return;
    }
    mock_journal_finish(&server->journal);
    mock_tracker_finish(&server->tracker);
    mock_api_finish(&server->api);
    free(server->struck);
    free(server);
}

bool mock_server_is_down(const struct mock_server *server)
{
    const int64_t now_ms = cog_clock_monotonic_ms(server->clock) - server->start_ms;
    return mock_outages_have(&server->script->outages, now_ms);
}

int64_t mock_server_next_turn_ms(const struct mock_server *server)
{
    const int64_t now_ms = cog_clock_monotonic_ms(server->clock) - server->start_ms;
    const int64_t next_ms = mock_outages_next_ms(&server->script->outages, now_ms);
    return next_ms == INT64_MAX ? next_ms : next_ms + server->start_ms;
}

/* The first fault in file order that matches. */
static const struct mock_fault *strike(struct mock_server *server,
                                       const struct mock_address *address)
{
    for (size_t i = 0; i < server->script->fault_count; i++) {
        const struct mock_fault *fault = &server->script->faults[i];
        if (mock_fault_matches(fault, address)) {
            server->struck[i] = true;
            return fault;
        }
    }
    return NULL;
}

static enum cog_code answer(struct hearing *hearing, struct mock_plan *plan)
{
    const struct mock_fault *fault = hearing->fault;
    enum cog_code code = COG_OK;
    if (fault == NULL || mock_injection_applies(&fault->injection)) {
        code = mock_api_answer(&hearing->visit, plan);
    }
    hearing->honest_status = plan->status;
    if (code == COG_OK && fault != NULL) {
        code = mock_plan_spoil(plan, &fault->injection, &hearing->visit);
    }
    return code;
}

/* Routes the request, finds its place among the calls, and answers it. */
static enum cog_code hear(struct mock_server *server, const struct mock_request *request,
                          struct hearing *hearing, struct mock_plan *plan)
{
    enum cog_code code = mock_api_route(&server->api, request, &hearing->visit, plan);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_route *route = hearing->visit.route;
    code = mock_tracker_locate(&server->tracker, route == NULL ? MOCK_CALL_UNKNOWN : route->call,
                               hearing->visit.path, mock_request_header(request, "X-Request-Id"),
                               &hearing->track);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    const struct mock_address address = mock_track_address(hearing->track);
    hearing->fault = strike(server, &address);
    return answer(hearing, plan);
}

/* Headers that every answer has, a spoilt one too. */
static enum cog_code add_common_headers(const struct mock_server *server,
                                        const struct mock_request *request, struct mock_plan *plan)
{
    char date[COG_STAMP_HTTP_SIZE];
    const struct mock_api *api = &server->api;
    int64_t unix_ms = mock_api_unix_ms(api, api->world->now_ms);
    const char *request_id = mock_request_header(request, "X-Request-Id");
    if (plan->status == 0) {
        return COG_OK;
    }
    enum cog_code code = mock_plan_header_append(
        plan, "Date", cog_stamp_format_http(unix_ms, COG_STAMP_IMF_FIXDATE, date));
    if (code == COG_OK && request_id != NULL && !api->behaviour->seed_only) {
        code = mock_plan_header_append(plan, "X-Request-Id", request_id);
    }
    return code;
}

static enum cog_code record(struct mock_server *server, const struct hearing *hearing,
                            const struct mock_plan *plan)
{
    const struct mock_address address = mock_track_address(hearing->track);
    const struct mock_request *request = hearing->visit.request;
    const struct mock_exchange exchange = {
        .at_ms = server->api.world->now_ms,
        .call = mock_call_name(address.call),
        .nth = address.nth,
        .attempt = address.attempt,
        .status = plan->status != 0 ? plan->status : hearing->honest_status,
        .applied = hearing->visit.applied,
        .fault = hearing->fault == NULL ? NULL : hearing->fault->name,
        .path = hearing->visit.path,
        .request_id = mock_request_header(request, "X-Request-Id"),
        .idempotency_key = mock_request_header(request, "Idempotency-Key"),
        .body = request->body,
        .has_authorization = mock_request_header(request, "Authorization") != NULL,
        .webhook_id = mock_request_header(request, "webhook-id"),
        .webhook_timestamp = mock_request_header(request, "webhook-timestamp"),
        .webhook_signature = mock_request_header(request, "webhook-signature"),
        .retry_after_ms = plan->retry_after_ms,
    };
    return mock_journal_append(&server->journal, &exchange);
}

static enum cog_code record_delivery(struct mock_server *server, const struct hearing *hearing,
                                     const struct mock_plan *plan)
{
    const struct mock_request *request = hearing->visit.request;
    bool is_delivered = mock_track_address(hearing->track).call == MOCK_CALL_WEBHOOK &&
                        plan->status / 100 == 2 && plan->ending == MOCK_ENDING_COMPLETE;
    if (!is_delivered) {
        return COG_OK;
    }
    const struct mock_delivery delivery = {
        .at_ms = server->api.world->now_ms,
        .webhook_id = mock_request_header(request, "webhook-id"),
        .signature = mock_request_header(request, "webhook-signature"),
        .body = request->body,
    };
    return mock_journal_append_delivery(&server->journal, &delivery);
}

static enum cog_code handle(struct mock_server *server, const struct mock_request *request,
                            struct mock_plan *plan)
{
    COG_CLEANUP(hearing_finish) struct hearing hearing = {0};
    enum cog_code code = hear(server, request, &hearing, plan);
    if (code == COG_OK) {
        code = add_common_headers(server, request, plan);
    }
    if (code == COG_OK) {
        code = mock_plan_compose(plan);
    }
    if (code == COG_OK) {
        code = record(server, &hearing, plan);
    }
    if (code == COG_OK) {
        code = record_delivery(server, &hearing, plan);
    }
    if (code == COG_OK) {
        mock_track_close(hearing.track, plan->status, plan->ending == MOCK_ENDING_COMPLETE);
    }
    return code;
}

enum cog_code mock_handle(struct mock_server *server, const struct mock_request *request,
                          struct mock_plan *out_plan, struct cog_error *error)
{
    COG_CLEANUP(mock_plan_finish) struct mock_plan plan = {0};
    mock_world_advance(server->api.world, cog_clock_monotonic_ms(server->clock) - server->start_ms);
    enum cog_code code = handle(server, request, &plan);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot answer %s %s", request->method, request->target);
    }
    *out_plan = plan;
    plan = (struct mock_plan){0};
    return COG_OK;
}
