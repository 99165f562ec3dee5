#include "transport_curl_watch.h"

static long request_size(CURL *easy)
{
    long size = 0;
    return curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &size) == CURLE_OK ? size : 0;
}

/* Called between the connection and the first byte of the request; again when libcurl repeats. */
/* NOLINTBEGIN(readability-non-const-parameter): the signature is libcurl's. */
static int note_connected(void *context, char *remote_address, char *local_address, int remote_port,
                          int local_port)
{
    (void)remote_address;
    (void)local_address;
    (void)remote_port;
    (void)local_port;
    struct cog_curl_watch *watch = context;
    if (!watch->patience.is_connected) {
        watch->patience.is_connected = true;
        watch->tunnel_size = request_size(watch->easy);
    }
    return CURL_PREREQFUNC_OK;
}
/* NOLINTEND(readability-non-const-parameter) */

CURLcode cog_curl_watch_attach(struct cog_curl_watch *watch)
{
    const CURLcode result = curl_easy_setopt(watch->easy, CURLOPT_PREREQFUNCTION, note_connected);
    return result == CURLE_OK ? curl_easy_setopt(watch->easy, CURLOPT_PREREQDATA, watch) : result;
}

void cog_curl_watch_detach(CURL *easy)
{
    (void)curl_easy_setopt(easy, CURLOPT_PREREQDATA, NULL);
}

bool cog_curl_watch_is_sent(const struct cog_curl_watch *watch)
{
    return watch->patience.is_connected && request_size(watch->easy) > watch->tunnel_size;
}

void cog_curl_watch_look(struct cog_curl_watch *watch, int64_t now_ms)
{
    long head_size = 0;
    curl_off_t body_size = 0;
    curl_off_t upload_size = 0;
    (void)curl_easy_getinfo(watch->easy, CURLINFO_HEADER_SIZE, &head_size);
    (void)curl_easy_getinfo(watch->easy, CURLINFO_SIZE_DOWNLOAD_T, &body_size);
    (void)curl_easy_getinfo(watch->easy, CURLINFO_SIZE_UPLOAD_T, &upload_size);
    const curl_off_t moved = head_size + body_size + upload_size + request_size(watch->easy);
    if (moved != watch->moved) {
        watch->moved = moved;
        watch->patience.active_ms = now_ms;
    }
    watch->patience.is_sent = cog_curl_watch_is_sent(watch);
}
