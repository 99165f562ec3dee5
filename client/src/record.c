#include "record.h"

#include "exchange.h"

#include <cogbase/number.h>

enum { HEADER_COUNT_MAX = 3 };

/** @param failure NULL: there is an answer, with that status */
static void log_request(const struct cog_record *record, const struct cog_request *request,
                        int status, const char *failure, int64_t elapsed_ms)
{
    if (record->log.ops == NULL) {
        return; /* Nobody reads what would be printed here for each request. */
    }
    char attempt[COG_INTEGER_SIZE];
    char answered[COG_INTEGER_SIZE];
    char elapsed[COG_INTEGER_SIZE];
    const struct cog_log_field fields[] = {
        {"call", request->call},
        {"attempt", cog_integer_format(request->exchange->attempt, attempt)},
        {"status", failure == NULL ? cog_integer_format(status, answered) : NULL},
        {"error", failure},
        {"elapsed_ms", cog_integer_format(elapsed_ms, elapsed)},
        {"request_id", request->exchange->request_id},
    };
    cog_log_write(record->log, COG_LOG_DEBUG, "request", fields, sizeof fields / sizeof fields[0]);
}

static enum cog_code send_logged(const struct cog_record *record, const struct cog_request *request,
                                 struct cog_response *out_response, struct cog_error *error)
{
    const int64_t start_ms = cog_clock_monotonic_ms(record->clock);
    const enum cog_code code = cog_transport_send(record->inner, request, out_response, error);
    const int64_t elapsed_ms = cog_clock_monotonic_ms(record->clock) - start_ms;
    if (code != COG_OK) {
        log_request(record, request, 0, cog_code_name(code), elapsed_ms);
        return code;
    }
    log_request(record, request, out_response->status, NULL, elapsed_ms);
    return COG_OK;
}

static enum cog_code send_numbered(const struct cog_record *record,
                                   const struct cog_request *request,
                                   struct cog_response *out_response, struct cog_error *error)
{
    char attempt[COG_INTEGER_SIZE];
    request->exchange->attempt++;
    struct cog_header additional[HEADER_COUNT_MAX] = {
        {"X-Request-Id", request->exchange->request_id},
        {"X-Attempt", cog_integer_format(request->exchange->attempt, attempt)},
    };
    size_t count = 2;
    if (record->traceparent != NULL && request->authentication == COG_AUTHENTICATION_BEARER) {
        additional[count++] = (struct cog_header){"traceparent", record->traceparent};
    }
    COG_CLEANUP(cog_request_headers_finish) struct cog_header *headers = NULL;
    const enum cog_code code =
        cog_request_headers_extend(request, additional, count, &headers, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_request numbered = *request;
    numbered.headers = headers;
    numbered.header_count = request->header_count + count;
    return send_logged(record, &numbered, out_response, error);
}

static enum cog_code record_send(void *context, const struct cog_request *request,
                                 struct cog_response *out_response, struct cog_error *error)
{
    const struct cog_record *record = context;
    struct cog_exchange own = {0};
    struct cog_request named = *request;
    if (named.exchange == NULL) {
        named.exchange = &own;
    }
    const enum cog_code code = cog_exchange_begin(named.exchange, record->random, error);
    if (code != COG_OK) {
        return code;
    }
    return send_numbered(record, &named, out_response, error);
}

struct cog_transport cog_record_transport(struct cog_record *record)
{
    static const struct cog_transport_ops ops = {.send = record_send};
    return (struct cog_transport){&ops, record};
}
