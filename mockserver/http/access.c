/* Requests as libmicrohttpd brings them, and what becomes of them. */
#include "http/connection.h"
#include "http/http_private.h"
#include "mask.h"
#include "tls/session.h"

#include <cogmock/truth.h>

#include <stdio.h>
#include <string.h>

enum {
    NUMBER_SIZE = 24,
    /* Of one connection: its request's head, and the head of its answer. A request line alone may
     * have 8,000 bytes (RFC 9112, 3); but all of it is cleared for each request. */
    CONNECTION_MEMORY = 12 << 10,
};

bool mock_access_is_closed(const struct mock_http *http)
{
    return mock_server_is_down(http->site.ops->outer(http->site.context));
}

static void *open_parcel(void *context, const char *target, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    return mock_parcel_create(target);
}

/* With the tenant's prefix, and without what is secret in the query. */
static void append_path(const struct mock_parcel *parcel, const struct mock_exchange *exchange,
                        struct cog_text *path)
{
    cog_text_append_bytes(path, parcel->target, strlen(parcel->target) - strlen(exchange->target));
    mock_mask_target(exchange, path);
}

static void log_request(const struct mock_http *http, const struct mock_parcel *parcel)
{
    if (parcel->hearing == NULL || http->log.ops == NULL) {
        return;
    }
    const struct mock_exchange *exchange = mock_hearing_exchange(parcel->hearing);
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    char status[NUMBER_SIZE];
    char attempt[NUMBER_SIZE];
    (void)snprintf(status, sizeof status, "%d", exchange->status);
    (void)snprintf(attempt, sizeof attempt, "%d", exchange->attempt);
    append_path(parcel, exchange, &path);
    const struct cog_log_field fields[] = {
        {"call", exchange->call},         {"attempt", attempt}, {"method", exchange->method},
        {"path", cog_text_string(&path)}, {"status", status},   {"fault", exchange->fault},
    };
    cog_log_write(http->log, COG_LOG_INFO, "request", fields, sizeof fields / sizeof fields[0]);
}

static void fail(struct mock_http *http, const struct cog_error *error)
{
    if (http->failure.code == COG_OK) {
        http->failure = *error;
    }
}

/* Gives the answer now or in its time. */
static enum MHD_Result carry_out(struct mock_http *http, struct mock_parcel *parcel)
{
    const struct mock_plan *plan = &parcel->plan;
    if (plan->stream.ops != NULL) {
        return mock_streaming_begin(http, parcel);
    }
    if (plan->turns_clock) {
        mock_waiting_reorder(&http->parked);
        return mock_parking_add(http, parcel, cog_clock_monotonic_ms(http->clock));
    }
    if (plan->ending == MOCK_ENDING_HANG && plan->raw == NULL) {
        return mock_parking_add(http, parcel, INT64_MAX);
    }
    if (plan->delay_ms > 0 || plan->raw != NULL) {
        return mock_parking_add(http, parcel, mock_parcel_now_ms(parcel) + plan->delay_ms);
    }
    return mock_parcel_answer(parcel);
}

static struct mock_guest *guest_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

/* The request is here in full, or as far as it may come. */
static enum MHD_Result hear(struct mock_http *http, struct mock_parcel *parcel)
{
    struct cog_error error = {0};
    if (mock_access_is_closed(http)) {
        return MHD_NO;
    }
    http->traffic.request_count++;
    http->newest = parcel;
    mock_patience_pause(&http->patience, guest_of(parcel->connection));
    if (mock_parcel_hear(parcel, http->site, &error) != COG_OK) {
        fail(http, &error);
        return MHD_NO;
    }
    log_request(http, parcel);
    return carry_out(http, parcel);
}

static void number_request(struct mock_parcel *parcel, struct mock_guest *guest)
{
    if (guest != NULL) {
        parcel->connection_number = guest->number;
        parcel->connection_request = ++guest->request_count;
    }
}

/* Whoever has to show a certificate and did not is not heard. */
static bool is_strange(const struct mock_http *http, struct MHD_Connection *connection)
{
    return http->tls != NULL &&
           mock_session_is_strange(http->tls, mock_connection_session(connection));
}

static enum MHD_Result open_request(struct mock_http *http, struct mock_parcel *parcel,
                                    struct MHD_Connection *connection, const char *method)
{
    struct cog_error error = {0};
    if (mock_access_is_closed(http) || is_strange(http, connection)) {
        return MHD_NO;
    }
    http->traffic.open_count++;
    number_request(parcel, guest_of(connection));
    if (mock_parcel_open(parcel, http->site, connection, method, &error) != COG_OK) {
        fail(http, &error);
        return MHD_NO;
    }
    return MHD_YES;
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
        const enum MHD_Result result = open_request(http, parcel, connection, method);
        if (result == MHD_YES && parcel->problem != NULL) {
            return mock_parcel_refuse(parcel);
        }
        return result == MHD_YES && mock_parcel_is_full(parcel) ? hear(http, parcel) : result;
    }
    if (parcel->is_heard) {
        return mock_parcel_answer(parcel);
    }
    if (*upload_data_size > 0) {
        mock_parcel_append(parcel, upload_data, *upload_data_size);
        *upload_data_size = 0;
        return mock_parcel_is_full(parcel) ? hear(http, parcel) : MHD_YES;
    }
    return hear(http, parcel);
}

/* A fault that cut the answer has done what it was to do. */
static enum mock_hearing_end find_end(const struct mock_parcel *parcel,
                                      enum MHD_RequestTerminationCode reason)
{
    const bool is_whole = reason == MHD_REQUEST_TERMINATED_COMPLETED_OK;
    const bool is_cut = parcel->is_heard && !parcel->is_abandoned &&
                        (parcel->plan.ending != MOCK_ENDING_COMPLETE || parcel->plan.raw != NULL);
    return is_whole || is_cut ? MOCK_HEARING_SENT : MOCK_HEARING_ABANDONED;
}

static void close_parcel(void *context, struct MHD_Connection *connection,
                         void **connection_context, enum MHD_RequestTerminationCode reason)
{
    struct mock_http *http = context;
    struct mock_parcel *parcel = *connection_context;
    *connection_context = NULL;
    if (parcel == NULL) {
        return;
    }
    if (parcel->is_open) {
        http->traffic.open_count--;
    }
    mock_patience_resume(&http->patience, guest_of(connection),
                         cog_clock_monotonic_ms(http->clock));
    mock_parking_forget(http, parcel);
    mock_streaming_forget(http, parcel);
    mock_parcel_close(parcel);
    if (http->newest == parcel) {
        http->newest = NULL;
    }
    mock_parcel_destroy(parcel, find_end(parcel, reason));
}

/* Before its handshake; libmicrohttpd has let go of its session by the time that it ends. */
static void begin_session(const struct mock_http *http, struct MHD_Connection *connection)
{
    const struct mock_certificate_choice *choice = &http->choice;
    mock_session_begin(http->tls, mock_connection_session(connection),
                       choice->choose == NULL
                           ? mock_door_certificate(http->site.ops->outer(http->site.context))
                           : choice->choose(choice->context));
}

/* A connection is there, or gone. */
static void turn_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                            enum MHD_ConnectionNotificationCode code)
{
    struct mock_http *http = context;
    if (code != MHD_CONNECTION_NOTIFY_STARTED) {
        http->traffic.connection_count--;
        mock_patience_dismiss(&http->patience, *socket_context);
        *socket_context = NULL;
        return;
    }
    http->traffic.connection_count++;
    *socket_context =
        mock_patience_admit(&http->patience, connection, cog_clock_monotonic_ms(http->clock));
    if (http->tls != NULL) {
        begin_session(http, connection);
    }
}

struct MHD_Daemon *mock_access_start(struct mock_http *http)
{
    const unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME |
                           MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    const unsigned connections_max = http->limits.connections_max;
    if (http->tls == NULL) {
        /* TURBO also keeps it from calling shutdown() before close(), which would spoil a reset. */
        return MHD_start_daemon(
            flags | MHD_USE_TURBO, 0, NULL, NULL, handle_access, http, MHD_OPTION_URI_LOG_CALLBACK,
            open_parcel, http, MHD_OPTION_NOTIFY_COMPLETED, close_parcel, http,
            MHD_OPTION_NOTIFY_CONNECTION, turn_connection, http, MHD_OPTION_CONNECTION_LIMIT,
            connections_max, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
            MHD_OPTION_END);
    }
    /* With TURBO it would also leave out TLS's own end, which tells an end from a breach. */
    const struct mock_identity *good = &http->tls->identities[MOCK_CERTIFICATE_GOOD];
    return MHD_start_daemon(
        flags | MHD_USE_TLS, 0, NULL, NULL, handle_access, http, MHD_OPTION_URI_LOG_CALLBACK,
        open_parcel, http, MHD_OPTION_NOTIFY_COMPLETED, close_parcel, http,
        MHD_OPTION_NOTIFY_CONNECTION, turn_connection, http, MHD_OPTION_CONNECTION_LIMIT,
        connections_max, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_HTTPS_MEM_CERT, good->certificate_pem, MHD_OPTION_HTTPS_MEM_KEY, good->key_pem,
        MHD_OPTION_HTTPS_PRIORITIES, MOCK_TLS_PRIORITIES, MHD_OPTION_END);
}
