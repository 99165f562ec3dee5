#include "simulation/carriage.h"

#include "simulation/reader.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

struct carriage {
    struct scn_memory_exchange *exchange;
    const struct mock_clock *clock;
    struct mock_plan *plan;
    struct cog_error *error;
};

static enum cog_code wait_until(const struct carriage *carriage, int64_t due_ms)
{
    return scn_memory_exchange_wait(carriage->exchange, mock_clock_base_ms(carriage->clock, due_ms),
                                    carriage->error);
}

/* As libmicrohttpd sends a value, and the client reads it: no blanks around it, and no tabs. */
static enum cog_code append_header(struct cog_response *response, const char *name,
                                   const char *value)
{
    value += strspn(value, " \t");
    size_t length = strlen(value);
    while (length > 0 && strchr(" \t\r\n", value[length - 1]) != NULL) {
        length--;
    }
    const enum cog_code code =
        cog_response_header_append(response, name, strlen(name), value, length);
    char *tab = code == COG_OK ? response->headers[response->header_count - 1].value : NULL;
    while (tab != NULL && (tab = strchr(tab, '\t')) != NULL) {
        *tab = ' ';
    }
    return code;
}

/* Whatever the plan has (RFC 9110, 15.3.5 and 15.4.5). */
static bool has_body(int status)
{
    return status != 204 && status != 304;
}

/* libmicrohttpd lets a header of that name take the place of the one before. */
static bool is_replaced(const struct mock_plan *plan, size_t index)
{
    bool is_date = cog_string_equals_ignoring_case(plan->headers[index].name, "Date");
    for (size_t i = index + 1; is_date && i < plan->header_count; i++) {
        if (cog_string_equals_ignoring_case(plan->headers[i].name, "Date")) {
            return true;
        }
    }
    return false;
}

/* The headers of the plan, and libmicrohttpd's own. */
static enum cog_code append_headers(const struct mock_plan *plan, struct cog_response *response)
{
    char length[COG_INTEGER_SIZE];
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < plan->header_count; i++) {
        if (!is_replaced(plan, i)) {
            code = append_header(response, plan->headers[i].name, plan->headers[i].value);
        }
    }
    if (code == COG_OK && plan->ending != MOCK_ENDING_COMPLETE) {
        code = append_header(response, "Connection", "close");
    }
    if (code == COG_OK && plan->status != 204) {
        code = append_header(response, "Content-Length",
                             cog_integer_format((int64_t)plan->body_length, length));
    }
    return code;
}

static enum cog_code fail_memory(const struct carriage *carriage)
{
    return cog_error_set(carriage->error, COG_ERROR_MEMORY, "out of memory");
}

/* Nobody asks the plan for its body any more: the journal has its own. */
static enum cog_code deliver(const struct carriage *carriage, struct scn_arrival *arrival)
{
    struct mock_plan *plan = carriage->plan;
    struct cog_response response = {.status = plan->status};
    char *const none = plan->body == NULL || !has_body(plan->status) ? calloc(1, 1) : NULL;
    const bool has_memory = append_headers(plan, &response) == COG_OK;
    response.body = none != NULL ? none : plan->body;
    if (none == NULL) {
        response.body_length = plan->body_length;
        plan->body = NULL;
    }
    if (!has_memory || response.body == NULL) {
        cog_response_finish(&response);
        return fail_memory(carriage);
    }
    arrival->response = response;
    arrival->is_pooled = plan->ending == MOCK_ENDING_COMPLETE;
    arrival->is_dead = plan->closes;
    return COG_OK;
}

/* An answer as HTTP has it, or a part of one, or none. */
static enum cog_code carry_plain(const struct carriage *carriage, struct scn_arrival *arrival)
{
    const struct mock_plan *plan = carriage->plan;
    const bool is_reset = plan->ending == MOCK_ENDING_RESET;
    if (plan->status == 0) {
        arrival->is_unheard = true;
        arrival->mishap = is_reset ? SCN_MISHAP_RESET : SCN_MISHAP_NOTHING;
        return COG_OK;
    }
    if (!has_body(plan->status)) {
        return deliver(carriage, arrival);
    }
    if (plan->body_length > COG_RESPONSE_BODY_LENGTH_MAX) {
        arrival->mishap = SCN_MISHAP_TOO_LONG;
        return COG_OK;
    }
    if (plan->ending == MOCK_ENDING_COMPLETE || plan->body_length == 0) {
        return deliver(carriage, arrival);
    }
    arrival->mishap = is_reset ? SCN_MISHAP_RESET : SCN_MISHAP_PARTIAL;
    arrival->missing_length = plan->body_length - plan->sent_length;
    return COG_OK;
}

/* Piece by piece, until the client has read enough or all is sent. */
static enum cog_code send_pieces(const struct carriage *carriage, int64_t due_ms,
                                 struct scn_reader *reader)
{
    const struct mock_plan *plan = carriage->plan;
    const size_t piece_length = plan->piece_length > 0 ? plan->piece_length : plan->raw_length;
    enum cog_code code = COG_OK;
    size_t sent = 0;
    while (code == COG_OK && sent < plan->raw_length && reader->state < SCN_READER_DONE) {
        const size_t left = plan->raw_length - sent;
        const size_t length = left < piece_length ? left : piece_length;
        const size_t moved = reader->moved;
        code = wait_until(carriage, due_ms);
        if (code == COG_OK) {
            scn_reader_feed(reader, plan->raw + sent, length);
        }
        if (reader->moved != moved) {
            scn_memory_exchange_touch(carriage->exchange);
        }
        sent += length;
        due_ms += plan->piece_ms;
    }
    if (code == COG_OK && reader->state < SCN_READER_DONE && plan->ending == MOCK_ENDING_HANG) {
        code = wait_until(carriage, INT64_MAX);
    }
    return code;
}

/* What the reader has made of it. */
static enum cog_code conclude(const struct carriage *carriage, struct scn_reader *reader,
                              struct scn_arrival *arrival)
{
    if (reader->answer.code != COG_OK) {
        return cog_error_set(carriage->error, reader->answer.code, "%s", reader->answer.complaint);
    }
    if (reader->mishap != SCN_MISHAP_NONE) {
        arrival->mishap = reader->mishap;
        arrival->missing_length = scn_reader_missing_length(reader);
        arrival->is_unheard = reader->moved == 0;
        return COG_OK;
    }
    return cog_answer_take_whole(&reader->answer, reader->status, &arrival->response,
                                 carriage->error);
}

static enum cog_code carry_raw(const struct carriage *carriage, int64_t due_ms,
                               struct scn_arrival *arrival)
{
    COG_CLEANUP(scn_reader_finish) struct scn_reader reader = {0};
    const enum cog_code code = send_pieces(carriage, due_ms, &reader);
    if (code != COG_OK) {
        arrival->is_cut = true;
        return code;
    }
    if (reader.state == SCN_READER_HEAD && reader.moved > 0) {
        /* libcurl takes this for the end of the headers, and keeps what is left of it. */
        arrival->is_pooled = true;
        arrival->is_dead = true;
    }
    scn_reader_end(&reader);
    return conclude(carriage, &reader, arrival);
}

enum cog_code scn_carriage_run(struct scn_memory_exchange *exchange, const struct mock_clock *clock,
                               struct mock_plan *inout_plan, struct scn_arrival *out_arrival,
                               struct cog_error *error)
{
    const struct carriage carriage = {
        .exchange = exchange,
        .clock = clock,
        .plan = inout_plan,
        .error = error,
    };
    const int64_t due_ms = mock_clock_now_ms(clock) + inout_plan->delay_ms;
    if (inout_plan->raw != NULL) {
        return carry_raw(&carriage, due_ms, out_arrival);
    }
    const bool hangs = inout_plan->ending == MOCK_ENDING_HANG;
    const enum cog_code code = wait_until(&carriage, hangs ? INT64_MAX : due_ms);
    if (code != COG_OK) {
        out_arrival->is_cut = true;
        return code;
    }
    return carry_plain(&carriage, out_arrival);
}
