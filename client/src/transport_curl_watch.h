/** The time limits of one transfer, and how far it got. */
#ifndef TRANSPORT_CURL_WATCH_H
#define TRANSPORT_CURL_WATCH_H

#include <cogpromote/transport.h>
#include <cogpromote/transport_curl.h>

#include <curl/curl.h>

/** All times are on the transport's monotonic clock. */
struct cog_curl_watch {
    const struct cog_request *request;
    const struct cog_transport_curl_options *options;
    CURL *easy;
    int64_t start_ms;
    int64_t active_ms; /**< When something was last seen to move. */
    curl_off_t moved;  /**< Bytes in both directions. */
    bool is_connected; /**< A proxy's tunnel and TLS stand too. */
    long tunnel_size;  /**< What libcurl sent to a proxy before, which it counts as the request. */
};

/** Makes libcurl tell `watch`, which must live as long as the transfer, when it is connected. */
CURLcode cog_curl_watch_attach(struct cog_curl_watch *watch);

/** The transfer has ended: nobody tells the watch any more. */
void cog_curl_watch_detach(CURL *easy);

/** Whether any byte of the request went out. */
bool cog_curl_watch_is_sent(const struct cog_curl_watch *watch);

/**
 * Looks whether something has moved: a byte of the request or of the answer's body, or a whole line
 * of its head.
 */
void cog_curl_watch_look(struct cog_curl_watch *watch, int64_t now_ms);

/** When the first of the limits is reached. */
int64_t cog_curl_watch_until_ms(const struct cog_curl_watch *watch);

/**
 * Says which limit was reached, and the flag to change it.
 *
 * @return COG_ERROR_TIMEOUT when the request went out; else COG_ERROR_UNREACHABLE or
 *         COG_ERROR_DEADLINE
 */
enum cog_code cog_curl_watch_fail(const struct cog_curl_watch *watch, struct cog_error *error);

#endif
