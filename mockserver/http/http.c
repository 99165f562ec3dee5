#include <cogmock/http.h>

#include "http/http_private.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    /* Turns of the daemon in one run: an end, should the library see work for ever. */
    TURNS_MAX = 10000,
    CONNECTIONS_MAX_DEFAULT = 20000,
    /* A stream may have something to say that no socket and no request tells of. */
    STREAM_WAIT_MS = 5000,
    /* See `waits_for_handshakes`. */
    IDLE_TURNS_MAX = 50,
    HANDSHAKE_LOOK_MS = 10,
};

/* The listener is ours and not the daemon's: that could neither close nor open it again. */
static enum cog_code start(struct mock_http *http, struct cog_error *error)
{
    http->descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (http->descriptor < 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no descriptor for the HTTP server");
    }
    enum cog_code code = mock_port_open(http, error);
    if (code != COG_OK) {
        return code;
    }
    http->daemon = mock_access_start(http);
    if (http->daemon == NULL ||
        !mock_port_watch(http,
                         MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd)) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot start the HTTP server");
    }
    return COG_OK;
}

enum cog_code mock_http_create(struct mock_site site, const struct mock_http_options *options,
                               struct mock_http **out_http, struct cog_error *error)
{
    struct mock_http *http = calloc(1, sizeof *http);
    if (http == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    http->site = site;
    http->clock = options->clock;
    http->log = options->log;
    http->limits = options->limits;
    if (http->limits.connections_max == 0) {
        http->limits.connections_max = CONNECTIONS_MAX_DEFAULT;
    }
    http->patience.limit_ms = options->limits.request_timeout_ms;
    http->tls = options->tls;
    http->choice = options->choice;
    http->listener = (struct mock_listener){
        .descriptor = -1,
        .address = options->address == NULL ? MOCK_LISTENER_LOOPBACK : options->address,
        .port = options->port,
    };
    http->descriptor = -1;
    enum cog_code code = start(http, error);
    if (code != COG_OK) {
        mock_http_destroy(http);
        return code;
    }
    *out_http = http;
    return COG_OK;
}

void mock_http_destroy(struct mock_http *http)
{
    if (http == NULL) {
        return;
    }
    mock_parking_release_all(http);
    mock_streaming_end_all(http);
    if (http->daemon != NULL) {
        MHD_stop_daemon(http->daemon);
    }
    mock_port_close(http);
    if (http->descriptor >= 0) {
        (void)close(http->descriptor);
    }
    mock_waiting_finish(&http->parked);
    free(http);
}

uint16_t mock_http_port(const struct mock_http *http)
{
    return http->listener.port;
}

int mock_http_descriptor(const struct mock_http *http)
{
    return http->descriptor;
}

const struct mock_traffic *mock_http_traffic(const struct mock_http *http)
{
    return &http->traffic;
}

static bool daemon_has_work(struct mock_http *http)
{
    MHD_UNSIGNED_LONG_LONG timeout_ms = 1;
    return MHD_get_timeout(http->daemon, &timeout_ms) == MHD_YES && timeout_ms == 0;
}

/*
 * libmicrohttpd thinks that it can go on with a handshake as long as that is not done, although
 * only the client can: it would be asked for ever. What it has really left to do shows within a few
 * turns; the rest is looked at a little later.
 */
static bool waits_for_handshakes(const struct mock_http *http)
{
    return http->tls != NULL && http->idle_turn_count > IDLE_TURNS_MAX;
}

static void count_turn(struct mock_http *http, bool is_idle)
{
    if (is_idle && http->traffic.request_count == http->idle_request_count) {
        http->idle_turn_count++;
        return;
    }
    http->idle_turn_count = 0;
    http->idle_request_count = http->traffic.request_count;
}

/* @return whether another turn would do something */
static bool has_work(struct mock_http *http)
{
    const bool daemon_is_busy = daemon_has_work(http);
    const bool has_input = mock_parking_see_sockets(http);
    count_turn(http, daemon_is_busy && !has_input);
    const bool is_busy = daemon_is_busy && !waits_for_handshakes(http);
    const bool has_words = mock_streaming_wake(http);
    return is_busy || has_input || has_words || mock_parking_release_due(http);
}

enum cog_code mock_http_run(struct mock_http *http, struct cog_error *error)
{
    enum cog_code code = mock_port_follow(http, error);
    if (code != COG_OK) {
        return code;
    }
    mock_patience_run_out(&http->patience, cog_clock_monotonic_ms(http->clock));
    http->idle_turn_count = 0;
    for (int i = 0; i < TURNS_MAX; i++) {
        mock_port_accept(http);
        if (MHD_run(http->daemon) != MHD_YES) {
            return cog_error_set(error, COG_ERROR_INTERNAL, "the HTTP server failed");
        }
        if (!has_work(http)) {
            break;
        }
    }
    /* What was armed or ended just now holds for whoever comes next. */
    code = mock_port_follow(http, error);
    if (code != COG_OK) {
        return code;
    }
    const struct cog_error failure = http->failure;
    http->failure = (struct cog_error){0};
    if (failure.code != COG_OK && error != NULL) {
        *error = failure;
    }
    return failure.code;
}

void mock_http_turn_clocks(struct mock_http *http)
{
    mock_waiting_reorder(&http->parked);
}

void mock_http_stop(struct mock_http *http)
{
    http->is_stopping = true;
    mock_port_close(http);
    mock_parking_release_all(http);
    mock_streaming_end_all(http);
}

bool mock_http_is_idle(const struct mock_http *http)
{
    return http->traffic.open_count == 0;
}

static int64_t earlier(int64_t left_ms, int64_t right_ms)
{
    return left_ms < right_ms ? left_ms : right_ms;
}

int64_t mock_http_next_due_ms(const struct mock_http *http)
{
    const int64_t turn_ms = mock_server_next_turn_ms(http->site.ops->outer(http->site.context));
    const int64_t due_ms = mock_waiting_next_ms(&http->parked);
    const int64_t patience_ms = mock_patience_next_ms(&http->patience);
    const int64_t stream_ms =
        http->streams == NULL ? INT64_MAX : cog_clock_monotonic_ms(http->clock) + STREAM_WAIT_MS;
    const int64_t look_ms = waits_for_handshakes(http)
                                ? cog_clock_monotonic_ms(http->clock) + HANDSHAKE_LOOK_MS
                                : INT64_MAX;
    return earlier(earlier(earlier(turn_ms, due_ms), earlier(patience_ms, stream_ms)), look_ms);
}

uint64_t mock_http_request_count(const struct mock_http *http)
{
    return http->traffic.request_count;
}

bool mock_http_newest_is_parked(const struct mock_http *http)
{
    return http->newest != NULL && http->newest->is_parked && !http->newest->is_blocked;
}
