#include "simulation/memory_exchange.h"

void scn_memory_exchange_init(struct scn_memory_exchange *exchange,
                              struct scn_transport_memory *memory,
                              const struct cog_request *request, int64_t now_ms)
{
    *exchange = (struct scn_memory_exchange){
        .memory = memory,
        .patience =
            {
                .request = request,
                .connect_timeout_ms = memory->connect_timeout_ms,
                .idle_timeout_ms = memory->idle_timeout_ms,
                .start_ms = now_ms,
                .active_ms = now_ms,
            },
    };
}

static int64_t earlier(int64_t left_ms, int64_t right_ms)
{
    return left_ms < right_ms ? left_ms : right_ms;
}

/* Whether the client gives up now. */
static enum cog_code check_patience(const struct scn_memory_exchange *exchange,
                                    struct cog_error *error)
{
    const struct cog_patience *patience = &exchange->patience;
    if (cog_cancel_is_requested(patience->request->cancel)) {
        return cog_patience_fail_cancelled(patience, error);
    }
    return exchange->memory->clock->now_ms < cog_patience_until_ms(patience)
               ? COG_OK
               : cog_patience_fail(patience, error);
}

/* To what comes first: what is due, the end of the client's patience, a signal, the port's turn. */
static enum cog_code step(struct scn_memory_exchange *exchange, int64_t due_ms,
                          struct cog_error *error)
{
    struct scn_transport_memory *memory = exchange->memory;
    const enum cog_code code = check_patience(exchange, error);
    if (code != COG_OK) {
        return code;
    }
    int64_t next_ms = earlier(due_ms, cog_patience_until_ms(&exchange->patience));
    next_ms = earlier(next_ms, mock_server_next_turn_ms(memory->door->server));
    if (memory->signals != NULL) {
        next_ms = earlier(next_ms, scn_signals_next_ms(memory->signals));
    }
    if (next_ms == INT64_MAX) {
        memory->is_stalled = true;
        return cog_error_set(error, COG_ERROR_INTERNAL, "the exchange stalled");
    }
    scn_seat_wait(memory->seat, memory->clock, next_ms);
    if (memory->signals != NULL) {
        scn_signals_send_due(memory->signals);
    }
    scn_door_follow(memory->door);
    return COG_OK;
}

enum cog_code scn_memory_exchange_wait(struct scn_memory_exchange *exchange, int64_t due_ms,
                                       struct cog_error *error)
{
    enum cog_code code = COG_OK;
    while (code == COG_OK && exchange->memory->clock->now_ms < due_ms) {
        code = step(exchange, due_ms, error);
    }
    return code;
}

static enum cog_code knock(struct scn_memory_exchange *exchange, enum scn_mishap *out_mishap,
                           struct cog_error *error)
{
    struct scn_transport_memory *memory = exchange->memory;
    enum cog_code code = COG_OK;
    while (code == COG_OK && memory->door->state == SCN_DOOR_JAMMED) {
        code = step(exchange, INT64_MAX, error);
    }
    if (code != COG_OK) {
        return code;
    }
    switch (memory->door->state) {
    case SCN_DOOR_CLOSED:
        *out_mishap = SCN_MISHAP_REFUSED;
        break;
    case SCN_DOOR_RESETTING:
        scn_door_reset(memory->door);
        *out_mishap = SCN_MISHAP_REFUSED;
        break;
    case SCN_DOOR_OPEN:
    case SCN_DOOR_JAMMED:
        exchange->connection = (struct scn_connection){.number = ++memory->door->connection_count};
        *out_mishap = SCN_MISHAP_NONE;
        break;
    }
    return COG_OK;
}

enum cog_code scn_memory_exchange_connect(struct scn_memory_exchange *exchange,
                                          enum scn_mishap *out_mishap, struct cog_error *error)
{
    struct scn_transport_memory *memory = exchange->memory;
    const struct cog_request *request = exchange->patience.request;
    /* As the transport with libcurl has it, and for its reason. */
    const bool is_alone = request->acting || request->authentication == COG_AUTHENTICATION_NONE;
    exchange->is_reused = !is_alone && memory->idle.number > 0;
    *out_mishap = SCN_MISHAP_NONE;
    if (exchange->is_reused) {
        exchange->connection = memory->idle;
        memory->idle = (struct scn_connection){0};
    } else {
        const enum cog_code code = knock(exchange, out_mishap, error);
        if (code != COG_OK || *out_mishap != SCN_MISHAP_NONE) {
            return code;
        }
    }
    exchange->connection.request_count++;
    exchange->patience.is_connected = true;
    /* Of a second try, the first one may have used all the time there was. */
    return check_patience(exchange, error);
}

void scn_memory_exchange_touch(struct scn_memory_exchange *exchange)
{
    exchange->patience.active_ms = exchange->memory->clock->now_ms;
}

void scn_memory_exchange_release(const struct scn_memory_exchange *exchange, bool is_kept)
{
    exchange->memory->idle = is_kept ? exchange->connection : (struct scn_connection){0};
}
