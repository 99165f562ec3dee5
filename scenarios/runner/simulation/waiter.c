#include "simulation/waiter.h"

#include <curl/curl.h>

/* libcurl's own timers also end a wait without an event. */
enum { IDLE_COUNT_MAX = 1000 };

static enum cog_code stall(struct scn_waiter *waiter, struct cog_error *error)
{
    waiter->is_stalled = true;
    return cog_error_set(error, COG_ERROR_INTERNAL, "the exchange stalled");
}

/* Whether the request of the transfer that waits now is in the fake and waits for the clock. */
static bool is_parked(const struct scn_waiter *waiter)
{
    return mock_http_newest_is_parked(waiter->http) &&
           mock_http_request_count(waiter->http) > waiter->settled_count;
}

static int64_t earlier(int64_t left_ms, int64_t right_ms)
{
    return left_ms < right_ms ? left_ms : right_ms;
}

static int64_t next_signal_ms(const struct scn_waiter *waiter)
{
    return waiter->signals != NULL ? scn_signals_next_ms(waiter->signals) : INT64_MAX;
}

/* To what comes first: the fake's next answer, the end of the client's patience, a signal. */
static enum cog_code jump(struct scn_waiter *waiter, int64_t until_ms,
                          const struct cog_cancel *cancel, struct cog_error *error)
{
    const int64_t due_ms = mock_http_next_due_ms(waiter->http);
    const int64_t next_ms = earlier(earlier(due_ms, until_ms), next_signal_ms(waiter));
    if (next_ms == INT64_MAX) {
        return stall(waiter, error);
    }
    cog_clock_virtual_advance(waiter->clock, next_ms);
    if (waiter->signals != NULL) {
        scn_signals_send_due(waiter->signals);
    }
    if (until_ms <= next_ms || cog_cancel_is_requested(cancel)) {
        /* The client gives up first. What stays parked then is nobody's any more. */
        waiter->settled_count = mock_http_request_count(waiter->http);
    }
    return mock_http_run(waiter->http, error);
}

static enum cog_code fail_poll(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_INTERNAL, "libcurl could not wait");
}

static long curl_timer_ms(CURLM *multi)
{
    long timer_ms = -1;
    (void)curl_multi_timeout(multi, &timer_ms);
    return timer_ms;
}

/* Time stands still: something must happen on the sockets. */
static enum cog_code stand_still(struct scn_waiter *waiter, CURLM *multi, struct cog_error *error)
{
    const long timer_ms = curl_timer_ms(multi);
    const bool curl_wakes_itself = timer_ms >= 0 && timer_ms < waiter->stall_ms;
    struct curl_waitfd descriptor = {
        .fd = mock_http_descriptor(waiter->http),
        .events = CURL_WAIT_POLLIN,
    };
    int ready_count = 0;
    if (curl_multi_poll(multi, &descriptor, 1, waiter->stall_ms, &ready_count) != CURLM_OK) {
        return fail_poll(error);
    }
    waiter->idle_count = ready_count > 0 ? 0 : waiter->idle_count + 1;
    if (ready_count == 0 && (!curl_wakes_itself || waiter->idle_count > IDLE_COUNT_MAX)) {
        return stall(waiter, error);
    }
    return mock_http_run(waiter->http, error);
}

/* Nobody answers at the port: who has no connection gets none before that changes. */
static bool is_jammed(const struct scn_waiter *waiter)
{
    return waiter->server != NULL &&
           mock_server_connect_fault(waiter->server) == MOCK_CONNECT_TIMEOUT;
}

/* Time may go on, unless the client has something to do first: to read, or to ask. */
static enum cog_code go_on(struct scn_waiter *waiter, CURLM *multi, int64_t until_ms,
                           const struct cog_cancel *cancel, struct cog_error *error)
{
    int ready_count = 0;
    if (curl_multi_poll(multi, NULL, 0, 0, &ready_count) != CURLM_OK) {
        return fail_poll(error);
    }
    return ready_count > 0 || (!is_parked(waiter) && curl_timer_ms(multi) == 0)
               ? COG_OK
               : jump(waiter, until_ms, cancel, error);
}

static enum cog_code wait_once(struct scn_waiter *waiter, CURLM *multi, int64_t until_ms,
                               const struct cog_cancel *cancel, struct cog_error *error)
{
    enum cog_code code = mock_http_run(waiter->http, error);
    if (code != COG_OK) {
        return code;
    }
    const bool has_parked = is_parked(waiter);
    if (!has_parked && !mock_http_newest_is_parked(waiter->http)) {
        waiter->settled_count = mock_http_request_count(waiter->http);
    }
    return has_parked || is_jammed(waiter) ? go_on(waiter, multi, until_ms, cancel, error)
                                           : stand_still(waiter, multi, error);
}

static enum cog_code wait_for_either(void *context, void *multi, int64_t until_ms,
                                     const struct cog_cancel *cancel, struct cog_error *error)
{
    struct scn_waiter *waiter = context;
    scn_shift_turn(waiter->shift, false);
    enum cog_code code = wait_once(waiter, multi, until_ms, cancel, error);
    scn_shift_turn(waiter->shift, true);
    return code;
}

struct cog_curl_waiter scn_waiter_curl(struct scn_waiter *waiter)
{
    return (struct cog_curl_waiter){.wait = wait_for_either, .context = waiter};
}
