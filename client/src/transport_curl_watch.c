#include "transport_curl_watch.h"

#include <cogbase/duration.h>

/* A limit, and what to say when it was the first to be reached. */
struct limit {
    int64_t due_ms;
    int64_t duration_ms; /* 0: the deadline, which is no duration. */
    const char *what;
    const char *flag;
};

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
    if (!watch->is_connected) {
        watch->is_connected = true;
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
    return watch->is_connected && request_size(watch->easy) > watch->tunnel_size;
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
        watch->active_ms = now_ms;
    }
}

/* The earlier of a limit and one of `duration_ms` from `from_ms` on; 0 for none. */
static struct limit earlier(struct limit limit, int64_t from_ms, struct limit other)
{
    if (other.duration_ms <= 0 || other.duration_ms >= limit.due_ms - from_ms) {
        return limit;
    }
    other.due_ms = from_ms + other.duration_ms;
    return other;
}

static struct limit first_limit(const struct cog_curl_watch *watch)
{
    const struct limit deadline = {.due_ms = watch->request->deadline_ms};
    const struct limit request = {
        .duration_ms = watch->request->timeout_ms,
        .what = watch->is_connected ? "no whole answer within" : "no connection within",
        .flag = "--request-timeout",
    };
    const struct limit connect = {
        .duration_ms = watch->options->connect_timeout_ms,
        .what = "no connection within",
        .flag = "--connect-timeout",
    };
    const struct limit idle = {
        .duration_ms = watch->options->idle_timeout_ms,
        .what = "not a byte moved for",
        .flag = "--idle-timeout",
    };
    const struct limit limit = earlier(deadline, watch->start_ms, request);
    return watch->is_connected ? earlier(limit, watch->active_ms, idle)
                               : earlier(limit, watch->start_ms, connect);
}

int64_t cog_curl_watch_until_ms(const struct cog_curl_watch *watch)
{
    return first_limit(watch).due_ms;
}

enum cog_code cog_curl_watch_fail(const struct cog_curl_watch *watch, struct cog_error *error)
{
    const struct limit limit = first_limit(watch);
    const bool is_sent = cog_curl_watch_is_sent(watch);
    if (limit.what == NULL) {
        return is_sent
                   ? cog_error_set(error, COG_ERROR_TIMEOUT, "no answer before the deadline")
                   : cog_error_set(error, COG_ERROR_DEADLINE, "no connection before the deadline");
    }
    char duration[COG_DURATION_TEXT_SIZE];
    return cog_error_set(error, is_sent ? COG_ERROR_TIMEOUT : COG_ERROR_UNREACHABLE, "%s %s (%s)",
                         limit.what, cog_duration_format(limit.duration_ms, duration), limit.flag);
}
