/** The time limits of one transfer, and how far it got. */
#ifndef TRANSPORT_CURL_WATCH_H
#define TRANSPORT_CURL_WATCH_H

#include <cogbase/patience.h>

#include <curl/curl.h>

/** All times are on the transport's monotonic clock. */
struct cog_curl_watch {
    struct cog_patience patience; /**< Connected: a proxy's tunnel and TLS stand too. */
    CURL *easy;
    curl_off_t moved; /**< Bytes in both directions. */
    long tunnel_size; /**< What libcurl sent to a proxy before, which it counts as the request. */
};

/** Makes libcurl tell `watch`, which must live as long as the transfer, when it is connected. */
CURLcode cog_curl_watch_attach(struct cog_curl_watch *watch);

/** The transfer has ended: nobody tells the watch any more. */
void cog_curl_watch_detach(CURL *easy);

/** Whether any byte of the request went out. */
bool cog_curl_watch_is_sent(const struct cog_curl_watch *watch);

/**
 * Looks how far the patience's exchange got, and whether something has moved: a byte of the request
 * or of the answer's body, or a whole line of its head.
 */
void cog_curl_watch_look(struct cog_curl_watch *watch, int64_t now_ms);

#endif
