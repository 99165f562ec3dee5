#include <cogpromote/transport_curl.h>

#include "transport_curl_error.h"
#include "transport_curl_memory.h"
#include "transport_curl_pipe.h"
#include "transport_curl_pool.h"
#include "transport_curl_request.h"
#include "transport_curl_response.h"
#include "transport_curl_watch.h"

#include <stdlib.h>

/* The clock may run faster than the system's, which curl_multi_poll() goes by. */
enum { POLL_MS_MAX = 100 };

struct cog_transport_curl {
    struct cog_transport_curl_options options;
    struct cog_curl_pool pool;
};

/* One request on its way. */
struct transfer {
    const struct cog_request *request;
    const struct cog_transport_curl_options *options;
    struct cog_curl_channel *channel;
    struct cog_curl_watch watch;
    struct cog_answer answer;
    unsigned memory_failure_count; /* Before it began. */
    char detail[CURL_ERROR_SIZE];
};

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
    if (cog_curl_memory_init() != CURLE_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "libcurl cannot be initialised");
    }
    struct cog_transport_curl *transport = calloc(1, sizeof *transport);
    if (transport == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const enum cog_code code = cog_curl_pool_init(&transport->pool, error);
    if (code != COG_OK) {
        free(transport);
        return code;
    }
    transport->options = *options;
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
    COG_CLEANUP(cog_curl_pipe_restore) struct cog_curl_pipe pipe;
    cog_curl_pipe_block(&pipe);
    cog_curl_pool_finish(&transport->pool);
    free(transport);
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

static enum cog_code fail_multi(CURLMcode result, struct cog_error *error)
{
    return cog_error_set(error,
                         result == CURLM_OUT_OF_MEMORY ? COG_ERROR_MEMORY : COG_ERROR_INTERNAL,
                         "%s", curl_multi_strerror(result));
}

static enum cog_code drive(struct transfer *transfer, CURLcode *out_result, struct cog_error *error)
{
    CURLM *multi = transfer->channel->multi;
    const struct cog_curl_waiter waiter = transfer->options->waiter;
    const struct cog_cancel *cancel = transfer->request->cancel;
    const struct cog_patience *patience = &transfer->watch.patience;
    for (;;) {
        int running = 0;
        const CURLMcode result = curl_multi_perform(multi, &running);
        if (result != CURLM_OK) {
            return fail_multi(result, error);
        }
        if (find_end(multi, out_result)) {
            return COG_OK;
        }
        const int64_t now_ms = cog_clock_monotonic_ms(transfer->options->clock);
        cog_curl_watch_look(&transfer->watch, now_ms);
        if (cog_cancel_is_requested(cancel)) {
            return cog_patience_fail_cancelled(patience, error);
        }
        const int64_t until_ms = cog_patience_until_ms(patience);
        if (now_ms >= until_ms) {
            return cog_patience_fail(patience, error);
        }
        const enum cog_code code = waiter.wait(waiter.context, multi, until_ms, cancel, error);
        if (code != COG_OK) {
            return code;
        }
    }
}

static enum cog_code fail_curl(const struct transfer *transfer, CURLcode result,
                               struct cog_error *error)
{
    long server_result = 0;
    long proxy_result = 0;
    CURL *easy = transfer->channel->easy;
    (void)curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &server_result);
    (void)curl_easy_getinfo(easy, CURLINFO_PROXY_SSL_VERIFYRESULT, &proxy_result);
    const struct cog_curl_failure failure = {
        .result = result,
        .is_sent = cog_curl_watch_is_sent(&transfer->watch),
        .verify_result = server_result != 0 ? server_result : proxy_result,
        .detail = transfer->detail,
    };
    return cog_curl_error_set(&failure, transfer->options, error);
}

static enum cog_code judge(const struct transfer *transfer, CURLcode result,
                           struct cog_error *error)
{
    const struct cog_answer *answer = &transfer->answer;
    if (answer->code != COG_OK) {
        return cog_error_set(error, answer->code, "%s", answer->complaint);
    }
    if (result == CURLE_OK) {
        return COG_OK;
    }
    /* Whatever libcurl calls it: a name that cannot be resolved, a URL that is none. */
    if (cog_curl_memory_failure_count() != transfer->memory_failure_count) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    /* libcurl 7.88 says so too of a single header that is longer than its own limit. */
    if (result == CURLE_OUT_OF_MEMORY && cog_curl_watch_is_sent(&transfer->watch) &&
        !answer->is_head_whole) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "a header over 100 KiB, or no memory to read it");
    }
    return fail_curl(transfer, result, error);
}

/* @param out_is_sound whether the channel can be used again */
static enum cog_code exchange(struct transfer *transfer, bool *out_is_sound,
                              struct cog_error *error)
{
    const struct cog_curl_channel *channel = transfer->channel;
    const CURLMcode added = curl_multi_add_handle(channel->multi, channel->easy);
    if (added != CURLM_OK) {
        return fail_multi(added, error);
    }
    CURLcode result = CURLE_OK;
    const enum cog_code code = drive(transfer, &result, error);
    /* Also closes the connection of a transfer that has not ended. */
    *out_is_sound = curl_multi_remove_handle(channel->multi, channel->easy) == CURLM_OK &&
                    code != COG_ERROR_INTERNAL && code != COG_ERROR_MEMORY;
    return code == COG_OK ? judge(transfer, result, error) : code;
}

/* What all requests of this transport have in common. */
static CURLcode prepare_channel(const struct transfer *transfer)
{
    const struct cog_transport_curl_options *options = transfer->options;
    CURL *easy = transfer->channel->easy;
    const CURLcode result = cog_curl_request_prepare(options, easy);
    /*
     * On the system's clock, which a simulation does not go by: for libcurl shares the time out
     * among the addresses of a host.
     */
    if (result == CURLE_OK && options->waiter.wait == poll_wait) {
        return curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_timeout_ms);
    }
    return result;
}

static CURLcode prepare(struct transfer *transfer, const struct cog_curl_headers *headers)
{
    CURL *easy = transfer->channel->easy;
    CURLcode result = transfer->channel->is_prepared ? CURLE_OK : prepare_channel(transfer);
    if (result == CURLE_OK) {
        result = cog_curl_request_apply(transfer->request, headers, transfer->options, easy);
    }
    if (result == CURLE_OK) {
        result = cog_curl_response_attach(&transfer->answer, easy);
    }
    if (result == CURLE_OK) {
        result = cog_curl_watch_attach(&transfer->watch);
    }
    return result == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail)
                              : result;
}

/* All that was borrowed; and what went wrong leaves no trace of how. */
static void forget(const struct transfer *transfer, bool is_good)
{
    struct cog_curl_channel *channel = transfer->channel;
    channel->is_prepared = is_good;
    if (is_good) {
        cog_curl_request_forget(channel->easy);
        cog_curl_response_detach(channel->easy);
        cog_curl_watch_detach(channel->easy);
        (void)curl_easy_setopt(channel->easy, CURLOPT_ERRORBUFFER, NULL);
    }
}

static enum cog_code send_by(struct transfer *transfer, bool *out_is_sound,
                             struct cog_response *out_response, struct cog_error *error)
{
    COG_CLEANUP(cog_curl_headers_finish) struct cog_curl_headers headers = {0};
    enum cog_code code = cog_curl_headers_create(transfer->request, &headers, error);
    if (code != COG_OK) {
        return code;
    }
    const CURLcode result = prepare(transfer, &headers);
    code = result == CURLE_OK ? exchange(transfer, out_is_sound, error)
                              : fail_curl(transfer, result, error);
    if (code == COG_OK) {
        code =
            cog_curl_response_take(&transfer->answer, transfer->channel->easy, out_response, error);
    }
    forget(transfer, code == COG_OK);
    return code;
}

static enum cog_code send_within(struct cog_transport_curl *transport,
                                 const struct cog_request *request, int64_t now_ms,
                                 struct cog_response *out_response, struct cog_error *error)
{
    struct cog_curl_channel *channel = NULL;
    enum cog_code code = cog_curl_pool_take(&transport->pool, &channel, error);
    if (code != COG_OK) {
        return code;
    }
    struct transfer transfer = {
        .request = request,
        .options = &transport->options,
        .channel = channel,
        .watch =
            {
                .patience =
                    {
                        .request = request,
                        .connect_timeout_ms = transport->options.connect_timeout_ms,
                        .idle_timeout_ms = transport->options.idle_timeout_ms,
                        .start_ms = now_ms,
                        .active_ms = now_ms,
                    },
                .easy = channel->easy,
            },
        .memory_failure_count = cog_curl_memory_failure_count(),
    };
    bool is_sound = true;
    code = send_by(&transfer, &is_sound, out_response, error);
    cog_answer_finish(&transfer.answer);
    cog_curl_pool_give(&transport->pool, channel, is_sound);
    return code;
}

static enum cog_code curl_send(void *context, const struct cog_request *request,
                               struct cog_response *out_response, struct cog_error *error)
{
    struct cog_transport_curl *transport = context;
    const int64_t now_ms = cog_clock_monotonic_ms(transport->options.clock);
    const enum cog_code code = cog_patience_check_start(request, now_ms, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_curl_pipe_restore) struct cog_curl_pipe pipe;
    cog_curl_pipe_block(&pipe);
    return send_within(transport, request, now_ms, out_response, error);
}

struct cog_transport cog_transport_curl(struct cog_transport_curl *transport)
{
    static const struct cog_transport_ops ops = {.send = curl_send};
    return (struct cog_transport){&ops, transport};
}
