#include "retry.h"

#include "exchange.h"
#include "http_status.h"
#include "retry_after.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_SIZE = 24, DOUBLINGS_MAX = 16 };

/* Why a request may be worth repeating. */
enum fault {
    FAULT_NONE,
    FAULT_THROTTLED,
    FAULT_TRANSIENT,
    FAULT_UNSENT,
};

/* One logical call, with the result of its last attempt. */
struct call {
    struct cog_retry *retry;
    const struct cog_request *request;
    int attempts_max;
    int attempt; /* Of this layer, from 1 on. */
    int cost;    /* Of the last repetition. */
    enum cog_code code;
    struct cog_response response;
    struct cog_error failure;
    int64_t retry_after_ms; /* -1 for none. */
};

static void call_finish(struct call *call)
{
    cog_response_finish(&call->response);
}

static bool is_transient_status(int status)
{
    return status == 408 || status == 500 || (status >= 502 && status <= 504);
}

static enum fault fault_of_code(enum cog_code code)
{
    if (code == COG_ERROR_UNREACHABLE) {
        return FAULT_UNSENT;
    }
    return code == COG_ERROR_TIMEOUT || code == COG_ERROR_NETWORK ? FAULT_TRANSIENT : FAULT_NONE;
}

static enum fault fault_find(const struct call *call)
{
    if (call->code != COG_OK) {
        return call->failure.is_lasting ? FAULT_NONE : fault_of_code(call->code);
    }
    if (call->response.status == 429) {
        return FAULT_THROTTLED;
    }
    return is_transient_status(call->response.status) ? FAULT_TRANSIENT : FAULT_NONE;
}

/*
 * Whether the request went out and nobody can tell what it did. Running out of memory counts: it
 * can happen while the answer is read. So does any 5xx: a proxy in between may say what it likes.
 */
static bool is_ambiguous(const struct call *call)
{
    switch ((int)call->code) {
    case COG_OK:
        break;
    case COG_ERROR_TIMEOUT:
    case COG_ERROR_NETWORK:
    case COG_ERROR_PROTOCOL:
    case COG_ERROR_MEMORY:
    case COG_ERROR_INTERNAL:
        return true;
    default:
        return false;
    }
    const int status = call->response.status;
    if (status == 503 && call->retry_after_ms >= 0) {
        return false;
    }
    return status == 408 || (status >= 500 && status != 501);
}

static const char *because(enum fault fault)
{
    switch (fault) {
    case FAULT_THROTTLED:
        return "throttled";
    case FAULT_UNSENT:
        return "unsent";
    case FAULT_NONE:
    case FAULT_TRANSIENT:
        break;
    }
    return "transient";
}

static void log_repetition(const struct call *call, enum fault fault, int64_t delay_ms)
{
    char attempt[NUMBER_SIZE];
    char status[NUMBER_SIZE];
    char delay[NUMBER_SIZE];
    (void)snprintf(attempt, sizeof attempt, "%d", call->attempt);
    (void)snprintf(status, sizeof status, "%d", call->response.status);
    (void)snprintf(delay, sizeof delay, "%" PRId64, delay_ms);
    const bool is_answered = call->code == COG_OK;
    const struct cog_log_field fields[] = {
        {"call", call->request->call},
        {"attempt", attempt},
        {"status", is_answered ? status : NULL},
        {"error", is_answered ? NULL : cog_code_name(call->code)},
        {"delay_ms", delay},
        {"because", because(fault)},
    };
    cog_log_write(call->retry->log, COG_LOG_WARNING, "retry", fields,
                  sizeof fields / sizeof fields[0]);
}

static void log_stop(const struct call *call, const char *reason)
{
    const struct cog_log_field fields[] = {{"call", call->request->call}, {"reason", reason}};
    cog_log_write(call->retry->log, COG_LOG_WARNING, "retry-stopped", fields,
                  sizeof fields / sizeof fields[0]);
}

/* The last answer, or the last error, is the result. */
static enum cog_code pass_on(struct call *call, struct cog_response *out_response,
                             struct cog_error *error)
{
    if (call->code != COG_OK) {
        if (error != NULL) {
            *error = call->failure;
        }
        return call->code;
    }
    *out_response = call->response;
    call->response = (struct cog_response){0};
    return COG_OK;
}

static enum cog_code fail_ambiguous(struct call *call, struct cog_error *error)
{
    log_stop(call, "acting");
    struct cog_error failure = call->failure;
    if (call->code == COG_OK) {
        const int status = call->response.status;
        (void)cog_error_set(&failure, cog_http_status_code(status), "%d %s", status,
                            cog_http_status_name(status));
        failure.http_status = status;
    }
    (void)cog_error_wrap(&failure, COG_ERROR_AMBIGUOUS, "'%s' was sent and may have been applied",
                         call->request->call);
    if (error != NULL) {
        *error = failure;
    }
    return COG_ERROR_AMBIGUOUS;
}

/* `limit_name` is what the wait is too long for. */
static enum cog_code fail_wait(const struct call *call, const char *limit_name, int64_t limit_ms,
                               struct cog_error *error)
{
    char wait[COG_DURATION_TEXT_SIZE];
    char limit[COG_DURATION_TEXT_SIZE];
    const enum cog_code code = cog_error_set(error, cog_http_status_code(call->response.status),
                                             "server asks to wait %s, longer than the %s %s",
                                             cog_duration_format(call->retry_after_ms, wait),
                                             limit_name, cog_duration_format(limit_ms, limit));
    if (error != NULL) {
        error->http_status = call->response.status;
        error->retry_after_ms = call->retry_after_ms;
    }
    return code;
}

/* Whether there is that much left; then it is spent. */
static bool budget_spend(struct cog_retry_budget *budget, int cost)
{
    int spent = atomic_load(&budget->spent);
    do {
        if (spent + cost > COG_RETRY_BUDGET) {
            return false;
        }
    } while (!atomic_compare_exchange_weak(&budget->spent, &spent, spent + cost));
    return true;
}

static void budget_give_back(const struct call *call)
{
    const bool is_success = call->code == COG_OK && call->response.status / 100 == 2;
    if (!is_success) {
        return;
    }
    const int amount = call->cost > 0 ? call->cost : 1;
    struct cog_retry_budget *budget = call->retry->budget;
    int spent = atomic_load(&budget->spent);
    while (!atomic_compare_exchange_weak(&budget->spent, &spent,
                                         spent > amount ? spent - amount : 0)) {
    }
}

/* AWS's "full jitter": evenly from 0 to an exponentially growing limit. */
static enum cog_code draw_backoff(const struct call *call, enum fault fault, int64_t *out_delay_ms,
                                  struct cog_error *error)
{
    int64_t limit_ms =
        fault == FAULT_THROTTLED ? COG_RETRY_BASE_THROTTLED_MS : COG_RETRY_BASE_TRANSIENT_MS;
    const int doublings = call->attempt - 1 < DOUBLINGS_MAX ? call->attempt - 1 : DOUBLINGS_MAX;
    limit_ms <<= doublings;
    if (limit_ms > COG_RETRY_BACKOFF_MS_MAX) {
        limit_ms = COG_RETRY_BACKOFF_MS_MAX;
    }
    if (cog_random_up_to(call->retry->random, limit_ms, out_delay_ms) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random bytes for a delay");
    }
    return COG_OK;
}

static enum cog_code fail_cancelled(const struct call *call, struct cog_error *error)
{
    log_stop(call, "cancelled");
    return cog_error_set(error, COG_ERROR_CANCELLED, "cancelled before '%s' was repeated",
                         call->request->call);
}

static enum cog_code wait_for(struct call *call, enum fault fault, int64_t delay_ms,
                              struct cog_error *error)
{
    log_repetition(call, fault, delay_ms);
    const struct cog_clock clock = call->retry->clock;
    if (cog_clock_sleep_until(clock, cog_clock_monotonic_ms(clock) + delay_ms,
                              call->request->cancel) != COG_OK) {
        return fail_cancelled(call, error);
    }
    return COG_OK;
}

static void attempt_send(struct call *call)
{
    struct cog_retry *retry = call->retry;
    call_finish(call);
    call->attempt++;
    call->retry_after_ms = -1;
    call->code = cog_transport_send(retry->inner, call->request, &call->response, &call->failure);
    if (call->code == COG_OK) {
        call->retry_after_ms = cog_retry_after_ms(&call->response, cog_clock_unix_ms(retry->clock));
    }
}

static int64_t time_left_ms(const struct call *call)
{
    const int64_t left_ms = call->request->deadline_ms - cog_clock_monotonic_ms(call->retry->clock);
    return left_ms > 0 ? left_ms : 0;
}

/* Whether the server asks for a longer wait than anybody has patience for. */
static enum cog_code check_retry_after(const struct call *call, struct cog_error *error)
{
    const int64_t limit_ms = call->retry->retry_after_ms_max;
    if (call->retry_after_ms <= 0) {
        return COG_OK;
    }
    if (call->retry_after_ms > limit_ms) {
        log_stop(call, "cap");
        return fail_wait(call, "limit", limit_ms, error);
    }
    const int64_t left_ms = time_left_ms(call);
    if (call->retry_after_ms >= left_ms) {
        log_stop(call, "deadline");
        return fail_wait(call, "time left", left_ms, error);
    }
    return COG_OK;
}

/* Ends a call that is not repeated: it went well, cannot be helped, or must stop for `reason`. */
static enum cog_code settle(struct call *call, const char *reason,
                            struct cog_response *out_response, struct cog_error *error)
{
    if (reason != NULL) {
        log_stop(call, reason);
    }
    return pass_on(call, out_response, error);
}

/* How long to wait; COG_OK also when that crosses the deadline. */
static enum cog_code choose_delay(const struct call *call, enum fault fault, int64_t *out_delay_ms,
                                  struct cog_error *error)
{
    enum cog_code code = check_retry_after(call, error);
    if (code == COG_OK) {
        code = draw_backoff(call, fault, out_delay_ms, error);
    }
    if (code == COG_OK && *out_delay_ms < call->retry_after_ms) {
        *out_delay_ms = call->retry_after_ms;
    }
    return code;
}

/* Why a repetition that would help must not be; NULL when it may, and then it is paid for. */
static const char *stop_reason(const struct call *call, int64_t delay_ms)
{
    if (delay_ms >= time_left_ms(call)) {
        return "deadline";
    }
    return budget_spend(call->retry->budget, call->cost) ? NULL : "budget";
}

/* Sends until there is a result. */
static enum cog_code send_repeatedly(struct call *call, struct cog_response *out_response,
                                     struct cog_error *error)
{
    for (;;) {
        attempt_send(call);
        if (call->request->acting && is_ambiguous(call)) {
            return fail_ambiguous(call, error);
        }
        const enum fault fault = fault_find(call);
        if (fault == FAULT_NONE) {
            budget_give_back(call);
            return settle(call, NULL, out_response, error);
        }
        if (call->attempt >= call->attempts_max) {
            return settle(call, "attempts", out_response, error);
        }
        if (cog_cancel_is_requested(call->request->cancel)) {
            return fail_cancelled(call, error);
        }
        call->cost = fault == FAULT_THROTTLED ? COG_RETRY_COST_THROTTLED : COG_RETRY_COST_TRANSIENT;
        int64_t delay_ms = 0;
        enum cog_code code = choose_delay(call, fault, &delay_ms, error);
        if (code != COG_OK) {
            return code;
        }
        const char *reason = stop_reason(call, delay_ms);
        if (reason != NULL) {
            return settle(call, reason, out_response, error);
        }
        code = wait_for(call, fault, delay_ms, error);
        if (code != COG_OK) {
            return code;
        }
    }
}

static enum cog_code retry_send(void *context, const struct cog_request *request,
                                struct cog_response *out_response, struct cog_error *error)
{
    struct cog_retry *retry = context;
    struct cog_exchange own = {0};
    struct cog_request named = *request;
    if (named.exchange == NULL) {
        named.exchange = &own;
    }
    const enum cog_code code = cog_exchange_begin(named.exchange, retry->random, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(call_finish)
    struct call call = {
        .retry = retry,
        .request = &named,
        .attempts_max = request->attempts_max > 0 ? request->attempts_max : retry->attempts_max,
    };
    return send_repeatedly(&call, out_response, error);
}

struct cog_transport cog_retry_transport(struct cog_retry *retry)
{
    static const struct cog_transport_ops ops = {.send = retry_send};
    return (struct cog_transport){&ops, retry};
}
