#include <cogmock/server.h>

#include "server_private.h"

#include <cogmock/truth.h>

#include <stdlib.h>

static enum cog_code create_api(struct mock_server *server,
                                const struct mock_server_options *options)
{
    struct mock_world *world = NULL;
    struct cog_error error = {0};
    enum cog_code code = mock_world_create(&server->script->setup, options->seed, &world);
    if (code != COG_OK) {
        return code;
    }
    world->observer = (struct mock_world_observer){mock_server_happened, server};
    code = mock_api_init(&server->api, world, &server->script->behaviour,
                         mock_clock_unix_ms(&server->clock, 0), options->prefix);
    if (code == COG_OK) {
        code = mock_hooks_adopt(&server->api.hooks, &server->script->hooks, NULL);
    }
    if (code == COG_OK) {
        code = mock_stubs_append_copies(&server->api.stubs, &server->script->stubs, &error);
    }
    return code;
}

enum cog_code mock_server_create(struct mock_script *script,
                                 const struct mock_server_options *options,
                                 struct mock_server **out_server, struct cog_error *error)
{
    struct mock_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    server->holder_count = 1;
    server->script = mock_script_hold(script);
    server->present = mock_script_hold(script);
    server->seed = options->seed;
    server->metrics = options->metrics != NULL ? options->metrics : &server->own_metrics;
    mock_clock_init(&server->clock, options->clock, options->scale > 0 ? options->scale : 1);
    mock_journal_init(&server->journal,
                      options->journal_capacity > 0 ? options->journal_capacity
                                                    : MOCK_TRUTH_EXCHANGES_MAX,
                      options->journal_size_max);
    enum cog_code code = mock_arsenal_init(&server->arsenal, script, options->seed);
    if (code == COG_OK) {
        code = create_api(server, options);
    }
    if (code != COG_OK) {
        mock_server_destroy(server);
        return cog_error_set(error, code, "cannot create the server");
    }
    mock_server_injects_begin(server);
    *out_server = server;
    return COG_OK;
}

struct mock_server *mock_server_hold(struct mock_server *server)
{
    server->holder_count++;
    return server;
}

void mock_server_destroy(struct mock_server *server)
{
    if (server == NULL || --server->holder_count > 0) {
        return;
    }
    mock_journal_finish(&server->journal);
    mock_tracker_finish(&server->tracker);
    mock_api_finish(&server->api);
    mock_arsenal_finish(&server->arsenal);
    mock_script_destroy(server->present);
    mock_script_destroy(server->script);
    free(server);
}

void mock_server_retire(struct mock_server *server)
{
    server->watcher = (struct mock_watcher){0};
    mock_ring_clear(&server->journal.exchanges);
    mock_ring_clear(&server->journal.deliveries);
    mock_tracker_finish(&server->tracker);
    if (server->clock.scale <= 0) {
        mock_clock_set_scale(&server->clock, 1);
    }
}

struct mock_clock *mock_server_clock(struct mock_server *server)
{
    return &server->clock;
}

void mock_server_advance(struct mock_server *server)
{
    server->base_now_ms = cog_clock_monotonic_ms(server->clock.base);
    const int64_t now_ms = mock_clock_at_ms(&server->clock, server->base_now_ms);
    mock_server_injects_strike_due(server, now_ms);
    mock_world_advance(server->api.world, now_ms);
}

bool mock_server_is_down(struct mock_server *server)
{
    mock_server_injects_follow(server);
    const struct mock_outages *outages = &server->present->outages;
    const bool is_out =
        outages->count > 0 &&
        mock_outages_have(outages, mock_clock_now_ms(&server->clock) - server->outages_since_ms);
    return is_out || mock_server_connect_fault(server) == MOCK_CONNECT_REFUSED;
}

static int64_t earlier(int64_t left_ms, int64_t right_ms)
{
    return left_ms < right_ms ? left_ms : right_ms;
}

/* By the server's clock. */
static int64_t next_turn_ms(const struct mock_server *server)
{
    const int64_t now_ms = mock_clock_now_ms(&server->clock);
    const int64_t since_ms = now_ms - server->outages_since_ms;
    const int64_t turn_ms = mock_outages_next_ms(&server->present->outages, since_ms);
    const int64_t outage_ms = turn_ms == INT64_MAX ? INT64_MAX : turn_ms + server->outages_since_ms;
    const int64_t inject_ms = mock_server_inject_next_ms(server);
    return earlier(earlier(outage_ms, inject_ms), mock_arsenal_next_ms(&server->arsenal, now_ms));
}

int64_t mock_server_next_turn_ms(const struct mock_server *server)
{
    return mock_clock_base_ms(&server->clock, next_turn_ms(server));
}

/* A token's end makes a difference to who uses it. */
static int64_t next_token_ms(const struct mock_server *server, int64_t now_ms)
{
    const struct mock_tokens *tokens = &server->api.world->tokens;
    int64_t next_ms = INT64_MAX;
    const struct mock_token *token = mock_tokens_next(tokens, NULL);
    for (; token != NULL; token = mock_tokens_next(tokens, token)) {
        if (mock_token_state_at(tokens, token, now_ms) == MOCK_TOKEN_VALID) {
            next_ms = earlier(next_ms, token->expires_ms);
        }
    }
    return next_ms;
}

static int64_t next_answer_ms(const struct mock_server *server, int64_t now_ms)
{
    int64_t next_ms = INT64_MAX;
    for (size_t i = 0; i < mock_truth_exchange_count(server); i++) {
        const struct mock_exchange *exchange = mock_journal_exchange(&server->journal, i);
        const int64_t due_ms = exchange->answered_ms + exchange->delay_ms;
        if (exchange->state == MOCK_EXCHANGE_ANSWERED && due_ms > now_ms) {
            next_ms = earlier(next_ms, due_ms);
        }
    }
    return next_ms;
}

int64_t mock_server_next_due_ms(const struct mock_server *server)
{
    const int64_t now_ms = mock_clock_now_ms(&server->clock);
    int64_t next_ms = mock_world_next_due_ms(server->api.world);
    next_ms = earlier(next_ms, next_turn_ms(server));
    next_ms = earlier(next_ms, next_token_ms(server, now_ms));
    return earlier(next_ms, next_answer_ms(server, now_ms));
}

void mock_server_watch(struct mock_server *server, struct mock_watcher watcher)
{
    server->watcher = watcher;
}

void mock_server_tell(const struct mock_server *server, const struct mock_event *event)
{
    if (server->watcher.ops != NULL) {
        server->watcher.ops->happened(server->watcher.context, event);
    }
}
