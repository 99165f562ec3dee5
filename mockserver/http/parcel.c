#include "http/parcel.h"

#include "http/connection.h"
#include "http/framing.h"
#include "tls/session.h"
#include "v1/answer.h"
#include "v1/problem.h"
#include "v1/status.h"
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

void mock_parcel_destroy(struct mock_parcel *parcel, enum mock_hearing_end end)
{
    if (parcel == NULL) {
        return;
    }
    mock_hearing_close(parcel->hearing, end);
    cog_text_finish(&parcel->body);
    mock_plan_finish(&parcel->plan);
    free(parcel->target);
    free(parcel);
}

void mock_parcel_append(struct mock_parcel *parcel, const char *bytes, size_t length)
{
    const size_t limit = parcel->upload_max < MOCK_BODY_LENGTH_MAX + 1 ? parcel->upload_max
                                                                       : MOCK_BODY_LENGTH_MAX + 1;
    const size_t room = limit - parcel->body.length;
    cog_text_append_bytes(&parcel->body, bytes, length < room ? length : room);
}

bool mock_parcel_is_full(const struct mock_parcel *parcel)
{
    return parcel->body.length >= parcel->upload_max;
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

static void collect_headers(const struct mock_parcel *parcel, struct header_list *list)
{
    list->count = 0;
    (void)MHD_get_connection_values(parcel->connection, MHD_HEADER_KIND, collect_header, list);
}

enum cog_code mock_parcel_open(struct mock_parcel *parcel, struct mock_site site,
                               struct MHD_Connection *connection, const char *method,
                               struct cog_error *error)
{
    size_t skipped_length = 0;
    parcel->is_open = true;
    parcel->connection = connection;
    parcel->method = method;
    parcel->upload_max = SIZE_MAX;
    struct header_list list;
    collect_headers(parcel, &list);
    parcel->problem = mock_framing_problem(list.headers, list.count);
    if (parcel->problem != NULL) {
        return COG_OK;
    }
    struct mock_server *server = site.ops->find(site.context, parcel->target, &skipped_length);
    if (server == NULL) {
        return COG_OK;
    }
    const struct mock_request head = {
        .method = method,
        .target = parcel->target + skipped_length,
        .headers = list.headers,
        .header_count = list.count,
        .body = "",
        .connection = parcel->connection_number,
        .connection_request = parcel->connection_request,
    };
    enum cog_code code = mock_hearing_open(server, &head, &parcel->hearing, error);
    if (code == COG_OK) {
        parcel->upload_max = mock_hearing_upload_max(parcel->hearing);
    }
    return code;
}

/* The control plane's, which has no hearing. */
static enum cog_code answer_by_site(struct mock_parcel *parcel, struct mock_site site,
                                    struct cog_error *error)
{
    struct header_list list;
    collect_headers(parcel, &list);
    const struct mock_request request = {
        .method = parcel->method,
        .target = parcel->target,
        .headers = list.headers,
        .header_count = list.count,
        .body = cog_text_string(&parcel->body),
        .body_length = parcel->body.length,
    };
    return site.ops->answer(site.context, &request, &parcel->plan, error);
}

enum cog_code mock_parcel_hear(struct mock_parcel *parcel, struct mock_site site,
                               struct cog_error *error)
{
    if (parcel->body.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    parcel->is_heard = true;
    return parcel->hearing == NULL
               ? answer_by_site(parcel, site, error)
               : mock_hearing_answer(parcel->hearing, cog_text_string(&parcel->body),
                                     parcel->body.length, &parcel->plan, error);
}

int64_t mock_parcel_now_ms(const struct mock_parcel *parcel)
{
    return parcel->hearing == NULL ? 0 : mock_clock_now_ms(mock_hearing_clock(parcel->hearing));
}

int64_t mock_parcel_base_due_ms(const struct mock_parcel *parcel)
{
    if (parcel->is_blocked) {
        return INT64_MAX;
    }
    return parcel->hearing == NULL
               ? parcel->due_ms
               : mock_clock_base_ms(mock_hearing_clock(parcel->hearing), parcel->due_ms);
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
        /* It is in the journal: nobody asks the plan for it any more. */
        char *body = parcel->plan.body;
        parcel->plan.body = NULL;
        return MHD_create_response_from_buffer(plan->body_length, body, MHD_RESPMEM_MUST_FREE);
    }
    return MHD_create_response_from_callback(plan->body_length, CALLBACK_BLOCK_SIZE, read_cut_body,
                                             parcel, NULL);
}

/* libmicrohttpd refuses a value with a tab, for which a space stands as well (RFC 9110, 5.5). */
static enum MHD_Result add_header(struct MHD_Response *response, const struct mock_header *header)
{
    const char *tab = strchr(header->value, '\t');
    if (tab == NULL) {
        return MHD_add_response_header(response, header->name, header->value);
    }
    COG_CLEANUP(cog_string_finish) char *value = strdup(header->value);
    if (value == NULL) {
        return MHD_NO;
    }
    for (char *place = value + (tab - header->value); place != NULL; place = strchr(place, '\t')) {
        *place = ' ';
    }
    return MHD_add_response_header(response, header->name, value);
}

static enum MHD_Result add_headers(struct MHD_Response *response, const struct mock_plan *plan)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        if (add_header(response, &plan->headers[i]) != MHD_YES) {
            return MHD_NO;
        }
    }
    /* Without a body there is nothing that could break off: the end follows the headers. */
    if (plan->ending != MOCK_ENDING_COMPLETE && plan->body_length == 0) {
        return MHD_add_response_header(response, "Connection", "close");
    }
    return MHD_YES;
}

enum MHD_Result mock_parcel_queue(struct mock_parcel *parcel, struct MHD_Response *response)
{
    enum MHD_Result result = add_headers(response, &parcel->plan);
    return result == MHD_YES
               ? MHD_queue_response(parcel->connection, (unsigned)parcel->plan.status, response)
               : result;
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
    enum MHD_Result result = mock_parcel_queue(parcel, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result mock_parcel_refuse(struct mock_parcel *parcel)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_BAD_REQUEST,
        .name = "malformed-request",
    };
    parcel->is_heard = true;
    if (mock_answer_problem(&parcel->plan, &problem, "%s", parcel->problem) != COG_OK ||
        mock_plan_header_append(&parcel->plan, "Connection", "close") != COG_OK) {
        return MHD_NO;
    }
    return mock_parcel_answer(parcel);
}

int mock_parcel_descriptor(const struct mock_parcel *parcel)
{
    return mock_connection_descriptor(parcel->connection);
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
    ssize_t sent = mock_connection_send(parcel->connection, plan->raw + parcel->raw_sent, length);
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
 * it only when its socket hangs up, which both of these also make it do. The leave that it then
 * takes of a TLS client comes too late: what is cut off looks cut off.
 */
void mock_parcel_close(const struct mock_parcel *parcel)
{
    int descriptor = mock_parcel_descriptor(parcel);
    const bool is_orderly = parcel->plan.ending == MOCK_ENDING_COMPLETE &&
                            parcel->plan.raw == NULL && !parcel->plan.closes;
    if (is_orderly || descriptor < 0) {
        return;
    }
    gnutls_session_t session = mock_connection_session(parcel->connection);
    if (session != NULL && parcel->plan.ending == MOCK_ENDING_COMPLETE) {
        mock_session_end(session);
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
