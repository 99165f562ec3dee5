#include "http/parcel.h"

#include "v1/visit.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
    HEADERS_MAX = 200,
    CALLBACK_BLOCK_SIZE = 16 << 10,
};

struct header_list {
    struct mock_header headers[HEADERS_MAX];
    size_t count;
};

struct mock_parcel *mock_parcel_create(const char *target)
{
    struct mock_parcel *parcel = calloc(1, sizeof *parcel);
    if (parcel == NULL) {
        return NULL;
    }
    parcel->target = strdup(target);
    if (parcel->target == NULL) {
        free(parcel);
        return NULL;
    }
    return parcel;
}

void mock_parcel_destroy(struct mock_parcel *parcel)
{
    if (parcel == NULL) {
        return;
    }
    cog_text_finish(&parcel->body);
    mock_plan_finish(&parcel->plan);
    free(parcel->target);
    free(parcel);
}

void mock_parcel_append(struct mock_parcel *parcel, const char *bytes, size_t length)
{
    size_t room = MOCK_BODY_LENGTH_MAX + 1 - parcel->body.length;
    cog_text_append_bytes(&parcel->body, bytes, length < room ? length : room);
}

/* libmicrohttpd's strings are not const, but they stay its own: the core only reads them. */
static enum MHD_Result collect_header(void *context, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    (void)kind;
    struct header_list *list = context;
    if (list->count == HEADERS_MAX) {
        return MHD_NO;
    }
    list->headers[list->count++] = (struct mock_header){
        .name = (char *)name,
        .value = (char *)(value == NULL ? "" : value),
    };
    return MHD_YES;
}

enum cog_code mock_parcel_hear(struct mock_parcel *parcel, struct mock_server *server,
                               const char *method, struct cog_error *error)
{
    if (parcel->body.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    struct header_list list = {.count = 0};
    (void)MHD_get_connection_values(parcel->connection, MHD_HEADER_KIND, collect_header, &list);
    const struct mock_request request = {
        .method = method,
        .target = parcel->target,
        .headers = list.headers,
        .header_count = list.count,
        .body = cog_text_string(&parcel->body),
        .body_length = parcel->body.length,
    };
    parcel->is_heard = true;
    return mock_handle(server, &request, &parcel->plan, error);
}

/* Gives out the part of the body that is to be seen, and then breaks off. */
static ssize_t read_cut_body(void *context, uint64_t position, char *buffer, size_t size)
{
    const struct mock_parcel *parcel = context;
    if (position >= parcel->plan.sent_length) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    size_t rest = parcel->plan.sent_length - (size_t)position;
    size_t length = rest < size ? rest : size;
    memcpy(buffer, parcel->plan.body + position, length);
    return (ssize_t)length;
}

static struct MHD_Response *create_response(struct mock_parcel *parcel)
{
    const struct mock_plan *plan = &parcel->plan;
    if (plan->ending == MOCK_ENDING_COMPLETE || plan->body_length == 0) {
        return MHD_create_response_from_buffer(plan->body_length, plan->body,
                                               MHD_RESPMEM_MUST_COPY);
    }
    return MHD_create_response_from_callback(plan->body_length, CALLBACK_BLOCK_SIZE, read_cut_body,
                                             parcel, NULL);
}

static enum MHD_Result add_headers(struct MHD_Response *response, const struct mock_plan *plan)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        const struct mock_header *header = &plan->headers[i];
        if (MHD_add_response_header(response, header->name, header->value) != MHD_YES) {
            return MHD_NO;
        }
    }
    /* Without a body there is nothing that could break off: the end follows the headers. */
    if (plan->ending != MOCK_ENDING_COMPLETE && plan->body_length == 0) {
        return MHD_add_response_header(response, "Connection", "close");
    }
    return MHD_YES;
}

enum MHD_Result mock_parcel_answer(struct mock_parcel *parcel)
{
    const struct mock_plan *plan = &parcel->plan;
    if (plan->status == 0 || plan->raw != NULL) {
        return MHD_NO;
    }
    struct MHD_Response *response = create_response(parcel);
    if (response == NULL) {
        return MHD_NO;
    }
    enum MHD_Result result = add_headers(response, plan);
    if (result == MHD_YES) {
        result = MHD_queue_response(parcel->connection, (unsigned)plan->status, response);
    }
    MHD_destroy_response(response);
    return result;
}

static int connection_descriptor(const struct mock_parcel *parcel)
{
    const union MHD_ConnectionInfo *info =
        parcel->connection == NULL
            ? NULL
            : MHD_get_connection_info(parcel->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

bool mock_parcel_has_raw(const struct mock_parcel *parcel)
{
    return parcel->raw_sent < parcel->plan.raw_length;
}

void mock_parcel_send_raw(struct mock_parcel *parcel)
{
    const struct mock_plan *plan = &parcel->plan;
    size_t length = plan->raw_length - parcel->raw_sent;
    if (plan->piece_length > 0 && plan->piece_length < length) {
        length = plan->piece_length;
    }
    ssize_t sent = send(connection_descriptor(parcel), plan->raw + parcel->raw_sent, length,
                        MSG_DONTWAIT | MSG_NOSIGNAL);
    parcel->is_blocked = sent < 0 && (errno == EAGAIN || errno == EINTR);
    if (sent > 0) {
        parcel->raw_sent += (size_t)sent;
        parcel->is_blocked = (size_t)sent < length;
    } else if (!parcel->is_blocked) {
        parcel->raw_sent = plan->raw_length;
    }
}

/*
 * Ends the connection here and now: libmicrohttpd closes one that broke off in the turn that heard
 * it only when its socket hangs up, which both of these also make it do.
 */
void mock_parcel_close(const struct mock_parcel *parcel)
{
    int descriptor = connection_descriptor(parcel);
    const bool is_orderly = parcel->plan.ending == MOCK_ENDING_COMPLETE && parcel->plan.raw == NULL;
    if (is_orderly || descriptor < 0) {
        return;
    }
    if (parcel->plan.ending != MOCK_ENDING_RESET) {
        (void)shutdown(descriptor, SHUT_RDWR);
        return;
    }
    /* A reset throws away what was not sent: TCP_NODELAY pushes the headers out first. */
    const int yes = 1;
    const struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    (void)connect(descriptor, &nobody, sizeof nobody);
}

bool mock_parcel_has_lost_client(const struct mock_parcel *parcel)
{
    char byte = 0;
    ssize_t length =
        recv(connection_descriptor(parcel), &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT);
    return length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR);
}
