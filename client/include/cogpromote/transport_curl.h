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

/** Texts are borrowed and must outlive the transport. */
struct cog_transport_curl_options {
    struct cog_clock clock;        /**< Time limits are kept on it. */
    struct cog_curl_waiter waiter; /**< `{0}` for production. */
    int64_t connect_timeout_ms;    /**< Until connection, tunnel and TLS stand; 0 for no limit. */
    int64_t idle_timeout_ms;       /**< From then on, while nothing moves; 0 for no limit. */
    const char *ca_file;           /**< PEM: trusts these alone; NULL for the system's. */
    const char *client_certificate_file; /**< PEM, without a pass phrase; NULL for none. */
    const char *client_key_file;         /**< PEM; NULL: in the certificate's file. */
    /** `no_proxy` holds for it too; NULL: libcurl goes by the usual variables. */
    const char *proxy;
};

/**
 * Acting requests and token requests use a fresh connection: libcurl re-sends by itself when a
 * reused one dies without an answer, POST included. The connection then stays for reading requests.
 * Redirects are not followed; host and certificate are verified always, with TLS 1.2 or later. No
 * SIGPIPE reaches the program.
 */
struct cog_transport_curl;

/** @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (libcurl could not be initialised) */
COG_API enum cog_code cog_transport_curl_create(const struct cog_transport_curl_options *options,
                                                struct cog_transport_curl **out_transport,
                                                struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
COG_API void cog_transport_curl_destroy(struct cog_transport_curl *transport);

/**
 * Any number of threads may send. A cancelled request that acts and was sent is COG_ERROR_NETWORK:
 * it may have been applied.
 */
COG_API struct cog_transport cog_transport_curl(struct cog_transport_curl *transport);

#endif
