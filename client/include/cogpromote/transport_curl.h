/** The wire, with libcurl. */
#ifndef COGPROMOTE_TRANSPORT_CURL_H
#define COGPROMOTE_TRANSPORT_CURL_H

#include <cogpromote/clock.h>
#include <cogpromote/transport.h>

/**
 * Waits until a libcurl multi handle may have something to do. The simulation puts its own in the
 * place of `curl_multi_poll`; nothing else differs between the two.
 */
struct cog_curl_waiter {
    /**
     * @param multi a `CURLM *` with one transfer
     * @param until_ms on the transport's monotonic clock: the transfer's time is up then
     * @return COG_OK (call again as often as needed) or COG_ERROR_INTERNAL
     */
    enum cog_code (*wait)(void *context, void *multi, int64_t until_ms,
                          const struct cog_cancel *cancel, struct cog_error *error);
    void *context;
};

struct cog_transport_curl_options {
    struct cog_clock clock;        /**< Time limits are kept on it. */
    struct cog_curl_waiter waiter; /**< `{0}` for production. */
    int64_t connect_timeout_ms;    /**< 0 for libcurl's own (300 s). */
};

/**
 * Acting requests and token requests use a fresh connection: libcurl re-sends by itself when a
 * reused one dies without an answer, POST included. Redirects are not followed.
 */
struct cog_transport_curl;

/** @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (libcurl could not be initialised) */
COG_API enum cog_code cog_transport_curl_create(const struct cog_transport_curl_options *options,
                                                struct cog_transport_curl **out_transport,
                                                struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
COG_API void cog_transport_curl_destroy(struct cog_transport_curl *transport);

/** One thread at a time may send. */
COG_API struct cog_transport cog_transport_curl(struct cog_transport_curl *transport);

#endif
