#include <cogmock/http.h>

#include "http/listener.h"
#include "http/parcel.h"

#include <cogmock/truth.h>

#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utlist.h>

enum {
    /* Turns of the daemon in one run: an end, should the library see work for ever. */
    TURNS_MAX = 10000,
    NUMBER_SIZE = 24,
};

struct mock_http {
    struct mock_server *server; /**< Borrowed. */
    struct cog_clock clock;
    struct cog_log log;
    struct MHD_Daemon *daemon;
    struct mock_listener listener; /**< Its descriptor is -1 while the server is down. */
    int descriptor;                /**< Of an epoll that has the listener and the daemon in it. */
    struct mock_parcel *parked;    /**< A list, oldest first. */
    struct mock_parcel *newest;    /**< The last request that was heard, until it ends. */
    uint64_t request_count;
    struct cog_error failure; /**< The first since the last run. */
};

static void *open_parcel(void *context, const char *target, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    return mock_parcel_create(target);
}

static void log_request(const struct mock_http *http, const struct mock_parcel *parcel,
                        const char *method)
{
    size_t count = mock_truth_exchange_count(http->server);
    const struct mock_exchange *exchange =
        count == 0 ? NULL : mock_truth_exchange(http->server, count - 1);
    if (exchange == NULL || mock_truth_exchange_dropped_count(http->server) > 0) {
        return;
    }
    char status[NUMBER_SIZE];
    char attempt[NUMBER_SIZE];
    (void)snprintf(status, sizeof status, "%d", exchange->status);
    (void)snprintf(attempt, sizeof attempt, "%d", exchange->attempt);
    const struct cog_log_field fields[] = {
        {"call", exchange->call}, {"attempt", attempt}, {"method", method},
        {"path", parcel->target}, {"status", status},   {"fault", exchange->fault},
    };
    cog_log_write(http->log, COG_LOG_INFO, "request", fields, sizeof fields / sizeof fields[0]);
}

static void park(struct mock_http *http, struct mock_parcel *parcel, int64_t due_ms)
{
    parcel->due_ms = due_ms;
    parcel->is_parked = true;
    DL_APPEND2(http->parked, parcel, previous, next);
    MHD_suspend_connection(parcel->connection);
}

static void unpark(struct mock_http *http, struct mock_parcel *parcel)
{
    parcel->is_parked = false;
    parcel->is_blocked = false;
    DL_DELETE2(http->parked, parcel, previous, next);
    MHD_resume_connection(parcel->connection);
}

/* The request is here in full. */
static enum MHD_Result hear(struct mock_http *http, struct mock_parcel *parcel, const char *method)
{
    struct cog_error error = {0};
    if (mock_server_is_down(http->server)) {
        return MHD_NO;
    }
    http->request_count++;
    http->newest = parcel;
    if (mock_parcel_hear(parcel, http->server, method, &error) != COG_OK) {
        if (http->failure.code == COG_OK) {
            http->failure = error;
        }
        return MHD_NO;
    }
    log_request(http, parcel, method);
    if (parcel->plan.ending == MOCK_ENDING_HANG) {
        park(http, parcel, INT64_MAX);
        return MHD_YES;
    }
    if (parcel->plan.delay_ms > 0 || parcel->plan.raw != NULL) {
        park(http, parcel, cog_clock_monotonic_ms(http->clock) + parcel->plan.delay_ms);
        return MHD_YES;
    }
    return mock_parcel_answer(parcel);
}

/* NOLINTNEXTLINE(readability-function-size): the signature is libmicrohttpd's. */
static enum MHD_Result handle_access(void *context, struct MHD_Connection *connection,
                                     const char *url, const char *method, const char *version,
                                     const char *upload_data, size_t *upload_data_size,
                                     void **connection_context)
{
    (void)url;
    (void)version;
    struct mock_http *http = context;
    struct mock_parcel *parcel = *connection_context;
    if (parcel == NULL || parcel->is_abandoned) {
        return MHD_NO;
    }
    if (!parcel->is_open) {
        /* An answer queued now would cost the connection: libmicrohttpd closes it then. */
        parcel->is_open = true;
        parcel->connection = connection;
        return MHD_YES;
    }
    if (*upload_data_size > 0) {
        mock_parcel_append(parcel, upload_data, *upload_data_size);
        *upload_data_size = 0;
        return MHD_YES;
    }
    return parcel->is_heard ? mock_parcel_answer(parcel) : hear(http, parcel, method);
}

static void close_parcel(void *context, struct MHD_Connection *connection,
                         void **connection_context, enum MHD_RequestTerminationCode reason)
{
    (void)connection;
    (void)reason;
    struct mock_http *http = context;
    struct mock_parcel *parcel = *connection_context;
    *connection_context = NULL;
    if (parcel == NULL) {
        return;
    }
    mock_parcel_close(parcel);
    if (http->newest == parcel) {
        http->newest = NULL;
    }
    mock_parcel_destroy(parcel);
}

static bool watch(const struct mock_http *http, int descriptor)
{
    struct epoll_event event = {.events = EPOLLIN};
    return epoll_ctl(http->descriptor, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

static enum cog_code open_port(struct mock_http *http, uint16_t port, struct cog_error *error)
{
    enum cog_code code = mock_listener_open(port, &http->listener, error);
    if (code != COG_OK) {
        return code;
    }
    return watch(http, http->listener.descriptor)
               ? COG_OK
               : cog_error_set(error, COG_ERROR_INTERNAL, "cannot watch the port");
}

static void close_port(struct mock_http *http)
{
    if (http->listener.descriptor >= 0) {
        (void)close(http->listener.descriptor);
        http->listener.descriptor = -1;
    }
}

/* The listener is ours and not the daemon's: that could neither close nor open it again. */
static enum cog_code start(struct mock_http *http, uint16_t port, struct cog_error *error)
{
    http->descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (http->descriptor < 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no descriptor for the HTTP server");
    }
    enum cog_code code = open_port(http, port, error);
    if (code != COG_OK) {
        return code;
    }
    /* TURBO also keeps it from calling shutdown() before close(), which would spoil a reset. */
    const unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME |
                           MHD_USE_TURBO | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    http->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handle_access, http, MHD_OPTION_URI_LOG_CALLBACK, open_parcel, http,
        MHD_OPTION_NOTIFY_COMPLETED, close_parcel, http, MHD_OPTION_END);
    if (http->daemon == NULL ||
        !watch(http, MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd)) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot start the HTTP server");
    }
    return COG_OK;
}

/* Opens or closes the port, as the script has it at this time. */
static enum cog_code follow_outages(struct mock_http *http, struct cog_error *error)
{
    const bool is_down = mock_server_is_down(http->server);
    if (is_down) {
        close_port(http);
        return COG_OK;
    }
    const bool is_open = http->listener.descriptor >= 0;
    return is_open ? COG_OK : open_port(http, http->listener.port, error);
}

static void accept_all(struct mock_http *http)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    while (http->listener.descriptor >= 0) {
        const int descriptor =
            accept(http->listener.descriptor, (struct sockaddr *)&address, &size);
        if (descriptor < 0) {
            break;
        }
        /* Makes it non-blocking; on failure closes it. */
        (void)MHD_add_connection(http->daemon, descriptor, (struct sockaddr *)&address, size);
        size = sizeof address;
    }
}

enum cog_code mock_http_create(struct mock_server *server, const struct mock_http_options *options,
                               struct mock_http **out_http, struct cog_error *error)
{
    struct mock_http *http = calloc(1, sizeof *http);
    if (http == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    http->server = server;
    http->clock = options->clock;
    http->log = options->log;
    http->listener.descriptor = -1;
    http->descriptor = -1;
    enum cog_code code = start(http, options->port, error);
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
    while (http->parked != NULL) {
        unpark(http, http->parked);
    }
    if (http->daemon != NULL) {
        MHD_stop_daemon(http->daemon);
    }
    close_port(http);
    if (http->descriptor >= 0) {
        (void)close(http->descriptor);
    }
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

static bool daemon_has_work(struct mock_http *http)
{
    MHD_UNSIGNED_LONG_LONG timeout_ms = 1;
    if (MHD_get_timeout(http->daemon, &timeout_ms) == MHD_YES && timeout_ms == 0) {
        return true;
    }
    struct pollfd event = {.fd = mock_http_descriptor(http), .events = POLLIN};
    return poll(&event, 1, 0) > 0;
}

/* Sends a piece of what goes out byte by byte. @return whether there is more to come, later */
static bool send_piece(struct mock_parcel *parcel, int64_t now_ms)
{
    if (!mock_parcel_has_raw(parcel)) {
        return false;
    }
    mock_parcel_send_raw(parcel);
    parcel->due_ms = now_ms + (parcel->is_blocked ? 0 : parcel->plan.piece_ms);
    return mock_parcel_has_raw(parcel);
}

/* Answers what is due, and lets go of what nobody waits for any more. */
static bool unpark_due(struct mock_http *http)
{
    bool has_unparked = false;
    int64_t now_ms = cog_clock_monotonic_ms(http->clock);
    struct mock_parcel *parcel = NULL;
    struct mock_parcel *next = NULL;
    DL_FOREACH_SAFE(http->parked, parcel, next)
    {
        parcel->is_abandoned = mock_parcel_has_lost_client(parcel);
        if (parcel->is_abandoned || (parcel->due_ms <= now_ms && !send_piece(parcel, now_ms))) {
            unpark(http, parcel);
            has_unparked = true;
        }
    }
    return has_unparked;
}

enum cog_code mock_http_run(struct mock_http *http, struct cog_error *error)
{
    enum cog_code code = follow_outages(http, error);
    if (code != COG_OK) {
        return code;
    }
    for (int i = 0; i < TURNS_MAX; i++) {
        accept_all(http);
        if (MHD_run(http->daemon) != MHD_YES) {
            return cog_error_set(error, COG_ERROR_INTERNAL, "the HTTP server failed");
        }
        if (!daemon_has_work(http) && !unpark_due(http)) {
            break;
        }
    }
    const struct cog_error failure = http->failure;
    http->failure = (struct cog_error){0};
    if (failure.code != COG_OK && error != NULL) {
        *error = failure;
    }
    return failure.code;
}

int64_t mock_http_next_due_ms(const struct mock_http *http)
{
    int64_t due_ms = mock_server_next_turn_ms(http->server);
    const struct mock_parcel *parcel = NULL;
    DL_FOREACH(http->parked, parcel)
    {
        if (parcel->due_ms < due_ms) {
            due_ms = parcel->due_ms;
        }
    }
    return due_ms;
}

uint64_t mock_http_request_count(const struct mock_http *http)
{
    return http->request_count;
}

bool mock_http_newest_is_parked(const struct mock_http *http)
{
    return http->newest != NULL && http->newest->is_parked && !http->newest->is_blocked;
}
