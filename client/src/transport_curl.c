#include <cogpromote/transport_curl.h>

#include "cleanup.h"
#include "transport_curl_error.h"
#include "transport_curl_request.h"
#include "transport_curl_response.h"

#include <cogbase/duration.h>

#include <pthread.h>
#include <stdlib.h>

/* The clock may run faster than the system's, which curl_multi_poll() goes by. */
enum { POLL_MS_MAX = 100 };

struct cog_transport_curl {
    struct cog_transport_curl_options options;
    CURLM *multi;
};

/* One request on its way. */
struct transfer {
    const struct cog_request *request;
    struct cog_transport_curl *transport;
    CURL *easy;
    int64_t until_ms;
    char detail[CURL_ERROR_SIZE];
};

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;
static CURLcode curl_once_result = CURLE_FAILED_INIT;

static void initialise_curl(void)
{
    curl_once_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* How long curl_multi_poll() may sleep; it takes nothing below 0. */
static int poll_limit_ms(int64_t left_ms)
{
    if (left_ms <= 0) {
        return 0;
    }
    return left_ms < POLL_MS_MAX ? (int)left_ms : POLL_MS_MAX;
}

static enum cog_code poll_wait(void *context, void *multi, int64_t until_ms,
                               const struct cog_cancel *cancel, struct cog_error *error)
{
    const struct cog_transport_curl *transport = context;
    const int64_t left_ms = until_ms - cog_clock_monotonic_ms(transport->options.clock);
    struct curl_waitfd extra = {.fd = cog_cancel_descriptor(cancel), .events = CURL_WAIT_POLLIN};
    const CURLMcode result =
        curl_multi_poll(multi, &extra, extra.fd >= 0 ? 1 : 0, poll_limit_ms(left_ms), NULL);
    if (result != CURLM_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "wait for the network: %s",
                             curl_multi_strerror(result));
    }
    return COG_OK;
}

enum cog_code cog_transport_curl_create(const struct cog_transport_curl_options *options,
                                        struct cog_transport_curl **out_transport,
                                        struct cog_error *error)
{
    if (pthread_once(&curl_once, initialise_curl) != 0 || curl_once_result != CURLE_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "libcurl cannot be initialised");
    }
    struct cog_transport_curl *transport = calloc(1, sizeof *transport);
    CURLM *multi = curl_multi_init();
    if (transport == NULL || multi == NULL) {
        free(transport);
        (void)curl_multi_cleanup(multi);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *transport = (struct cog_transport_curl){.options = *options, .multi = multi};
    if (options->waiter.wait == NULL) {
        transport->options.waiter = (struct cog_curl_waiter){poll_wait, transport};
    }
    *out_transport = transport;
    return COG_OK;
}

void cog_transport_curl_destroy(struct cog_transport_curl *transport)
{
    if (transport == NULL) {
        return;
    }
    (void)curl_multi_cleanup(transport->multi);
    free(transport);
}

static bool is_sent(const struct transfer *transfer)
{
    long length = 0;
    return curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &length) == CURLE_OK &&
           length > 0;
}

static enum cog_code fail_late(const struct transfer *transfer, struct cog_error *error)
{
    const bool is_deadline = transfer->until_ms == transfer->request->deadline_ms;
    char limit[COG_DURATION_TEXT_SIZE];
    cog_duration_format(transfer->request->timeout_ms, limit);
    if (is_sent(transfer)) {
        return is_deadline
                   ? cog_error_set(error, COG_ERROR_TIMEOUT, "no answer before the deadline")
                   : cog_error_set(error, COG_ERROR_TIMEOUT, "no answer within %s", limit);
    }
    return is_deadline
               ? cog_error_set(error, COG_ERROR_DEADLINE, "no connection before the deadline")
               : cog_error_set(error, COG_ERROR_UNREACHABLE, "no connection within %s", limit);
}

/* Whether the transfer has ended, and how. There is only this one. */
static bool find_end(CURLM *multi, CURLcode *out_result)
{
    int left = 0;
    const CURLMsg *message = curl_multi_info_read(multi, &left);
    if (message == NULL || message->msg != CURLMSG_DONE) {
        return false;
    }
    *out_result = message->data.result;
    return true;
}

static enum cog_code drive(const struct transfer *transfer, CURLcode *out_result,
                           struct cog_error *error)
{
    const struct cog_transport_curl *transport = transfer->transport;
    const struct cog_curl_waiter waiter = transport->options.waiter;
    const struct cog_cancel *cancel = transfer->request->cancel;
    for (;;) {
        int running = 0;
        const CURLMcode result = curl_multi_perform(transport->multi, &running);
        if (result != CURLM_OK) {
            return cog_error_set(error, COG_ERROR_INTERNAL, "%s", curl_multi_strerror(result));
        }
        if (find_end(transport->multi, out_result)) {
            return COG_OK;
        }
        if (cog_cancel_is_requested(cancel)) {
            return cog_error_set(error, COG_ERROR_CANCELLED, "cancelled");
        }
        if (cog_clock_monotonic_ms(transport->options.clock) >= transfer->until_ms) {
            return fail_late(transfer, error);
        }
        const enum cog_code code =
            waiter.wait(waiter.context, transport->multi, transfer->until_ms, cancel, error);
        if (code != COG_OK) {
            return code;
        }
    }
}

static enum cog_code judge(const struct transfer *transfer, CURLcode result,
                           const struct cog_curl_response *response, struct cog_error *error)
{
    if (response->code != COG_OK) {
        return cog_error_set(error, response->code, "%s", response->complaint);
    }
    if (result == CURLE_OK) {
        return COG_OK;
    }
    /* libcurl 7.88 says so too of a single header that is longer than its own limit. */
    if (result == CURLE_OUT_OF_MEMORY && is_sent(transfer) && !response->is_head_whole) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "a header over 100 KiB, or no memory to read it");
    }
    const char *detail =
        transfer->detail[0] != '\0' ? transfer->detail : curl_easy_strerror(result);
    return cog_error_set(error, cog_curl_error_code(result, is_sent(transfer)), "%s", detail);
}

static enum cog_code exchange(const struct transfer *transfer, struct cog_curl_response *response,
                              struct cog_error *error)
{
    CURLM *multi = transfer->transport->multi;
    const CURLMcode added = curl_multi_add_handle(multi, transfer->easy);
    if (added != CURLM_OK) {
        return cog_error_set(error,
                             added == CURLM_OUT_OF_MEMORY ? COG_ERROR_MEMORY : COG_ERROR_INTERNAL,
                             "%s", curl_multi_strerror(added));
    }
    CURLcode result = CURLE_OK;
    const enum cog_code code = drive(transfer, &result, error);
    /* Also closes the connection of a transfer that has not ended. */
    (void)curl_multi_remove_handle(multi, transfer->easy);
    return code == COG_OK ? judge(transfer, result, response, error) : code;
}

static CURLcode prepare(struct transfer *transfer, struct curl_slist *headers,
                        struct cog_curl_response *response)
{
    const struct cog_transport_curl_options *options = &transfer->transport->options;
    CURLcode result = cog_curl_request_apply(transfer->request, headers, transfer->easy);
    if (result == CURLE_OK) {
        result = cog_curl_response_attach(response, transfer->easy);
    }
    if (result == CURLE_OK) {
        result = curl_easy_setopt(transfer->easy, CURLOPT_ERRORBUFFER, transfer->detail);
    }
    /* On the system's clock, which a simulation does not go by. */
    if (result == CURLE_OK && options->waiter.wait == poll_wait) {
        result = curl_easy_setopt(transfer->easy, CURLOPT_CONNECTTIMEOUT_MS,
                                  (long)options->connect_timeout_ms);
    }
    return result;
}

static enum cog_code curl_send_within(struct transfer *transfer, struct cog_response *out_response,
                                      struct cog_error *error)
{
    COG_CLEANUP(curl_slist_finish) struct curl_slist *headers = NULL;
    enum cog_code code = cog_curl_request_headers(transfer->request, &headers, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_curl_response_finish) struct cog_curl_response response = {0};
    COG_CLEANUP(curl_easy_finish) CURL *easy = curl_easy_init();
    transfer->easy = easy;
    if (easy == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const CURLcode result = prepare(transfer, headers, &response);
    if (result != CURLE_OK) {
        return cog_error_set(error, cog_curl_error_code(result, false), "%s",
                             curl_easy_strerror(result));
    }
    code = exchange(transfer, &response, error);
    return code == COG_OK ? cog_curl_response_take(&response, easy, out_response, error) : code;
}

static enum cog_code curl_send(void *context, const struct cog_request *request,
                               struct cog_response *out_response, struct cog_error *error)
{
    struct cog_transport_curl *transport = context;
    if (cog_cancel_is_requested(request->cancel)) {
        return cog_error_set(error, COG_ERROR_CANCELLED, "cancelled");
    }
    const int64_t now_ms = cog_clock_monotonic_ms(transport->options.clock);
    const int64_t left_ms = request->deadline_ms - now_ms;
    if (left_ms <= 0) {
        return cog_error_set(error, COG_ERROR_DEADLINE, "the deadline has passed");
    }
    struct transfer transfer = {
        .request = request,
        .transport = transport,
        .until_ms =
            request->timeout_ms < left_ms ? now_ms + request->timeout_ms : request->deadline_ms,
    };
    return curl_send_within(&transfer, out_response, error);
}

struct cog_transport cog_transport_curl(struct cog_transport_curl *transport)
{
    static const struct cog_transport_ops ops = {.send = curl_send};
    return (struct cog_transport){&ops, transport};
}
