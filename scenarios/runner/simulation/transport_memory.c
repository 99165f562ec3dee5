#include "simulation/transport_memory.h"

#include "simulation/carriage.h"
#include "simulation/head.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HOST_SIZE = 256, REQUESTS_MAX = 3000 };

static const char SCHEME[] = "http://";

/* One request, which may go out twice. */
struct parcel {
    struct scn_memory_exchange exchange;
    struct scn_head head;
    const char *target;
};

/* The path of a URL of the fake; NULL for one that leads elsewhere. */
static const char *find_target(const char *url, const char *host)
{
    const size_t scheme_length = sizeof SCHEME - 1;
    const size_t host_length = strlen(host);
    if (strncmp(url, SCHEME, scheme_length) != 0 ||
        strncmp(url + scheme_length, host, host_length) != 0) {
        return NULL;
    }
    const char *target = url + scheme_length + host_length;
    return *target == '/' ? target : NULL;
}

/* There is no other host, and behind the fake's address no other port. */
static enum cog_code fail_elsewhere(const char *url, struct cog_error *error)
{
    char host[HOST_SIZE];
    const char *authority = strstr(url, "://");
    authority = authority != NULL ? authority + 3 : url;
    (void)snprintf(host, sizeof host, "%.*s", (int)strcspn(authority, "/?#"), authority);
    const struct scn_mishap_detail detail = {.host = host};
    if (strncmp(host, "127.", 4) == 0 || strncmp(host, "localhost", 9) == 0) {
        return scn_mishap_fail(SCN_MISHAP_REFUSED, &detail, error);
    }
    host[strcspn(host, ":")] = '\0';
    return scn_mishap_fail(SCN_MISHAP_UNRESOLVED, &detail, error);
}

static enum cog_code open_hearing(const struct parcel *parcel, struct mock_hearing **out_hearing,
                                  struct cog_error *error)
{
    const struct scn_memory_exchange *exchange = &parcel->exchange;
    const struct mock_request head = {
        .method = exchange->patience.request->method,
        .target = parcel->target,
        .headers = parcel->head.headers,
        .header_count = parcel->head.header_count,
        .body = "",
        .connection = exchange->connection.number,
        .connection_request = exchange->connection.request_count,
    };
    return mock_hearing_open(exchange->memory->door->server, &head, out_hearing, error);
}

static enum cog_code answer(const struct cog_request *request, struct mock_hearing *hearing,
                            struct mock_plan *out_plan, struct cog_error *error)
{
    const char *body = request->body != NULL ? request->body : "";
    const size_t length = request->body != NULL ? request->body_length : 0;
    const size_t upload_max = mock_hearing_upload_max(hearing);
    if (upload_max >= length) {
        return mock_hearing_answer(hearing, body, length, out_plan, error);
    }
    COG_CLEANUP(cog_string_finish) char *part = cog_string_clone(body, upload_max);
    return part != NULL ? mock_hearing_answer(hearing, part, upload_max, out_plan, error)
                        : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code converse(struct parcel *parcel, struct mock_hearing *hearing,
                              struct scn_arrival *out_arrival, struct cog_error *error)
{
    struct scn_memory_exchange *exchange = &parcel->exchange;
    COG_CLEANUP(mock_plan_finish) struct mock_plan plan = {0};
    struct scn_deed before;
    scn_share_note_before(exchange->memory->share, &before);
    enum cog_code code = answer(exchange->patience.request, hearing, &plan, error);
    if (code != COG_OK) {
        return code;
    }
    scn_share_note_after(exchange->memory->share, &before);
    /* What was armed or ended just now holds for whoever comes next. */
    scn_door_follow(exchange->memory->door);
    code = scn_carriage_run(exchange, mock_hearing_clock(hearing), &plan, out_arrival, error);
    if (out_arrival->is_pooled) {
        scn_memory_exchange_release(exchange, !out_arrival->is_dead);
    }
    return code;
}

/* By a connection that stands. */
static enum cog_code send_head(struct parcel *parcel, struct scn_arrival *out_arrival,
                               struct cog_error *error)
{
    struct scn_memory_exchange *exchange = &parcel->exchange;
    struct mock_hearing *hearing = NULL;
    exchange->patience.is_sent = true;
    scn_memory_exchange_touch(exchange);
    if (mock_server_is_down(exchange->memory->door->server)) {
        /* A connection from before: nobody is heard on it any more. */
        out_arrival->mishap = SCN_MISHAP_NOTHING;
        out_arrival->is_unheard = true;
        return COG_OK;
    }
    enum cog_code code = open_hearing(parcel, &hearing, error);
    if (code == COG_OK) {
        scn_share_note_request(exchange->memory->share);
        code = converse(parcel, hearing, out_arrival, error);
    }
    mock_hearing_close(hearing, out_arrival->is_cut ? MOCK_HEARING_ABANDONED : MOCK_HEARING_SENT);
    return code;
}

/* libcurl tries again by itself when a connection that it had used before dies unheard. */
static enum cog_code send_parcel(struct parcel *parcel, struct cog_response *out_response,
                                 struct cog_error *error)
{
    struct scn_memory_exchange *exchange = &parcel->exchange;
    struct scn_arrival arrival;
    enum cog_code code = COG_OK;
    do {
        arrival = (struct scn_arrival){0};
        code = scn_memory_exchange_connect(exchange, &arrival.mishap, error);
        if (code == COG_OK && arrival.mishap == SCN_MISHAP_NONE) {
            code = send_head(parcel, &arrival, error);
        }
    } while (code == COG_OK && exchange->is_reused && arrival.is_unheard &&
             arrival.mishap != SCN_MISHAP_NO_HTTP);
    if (code != COG_OK) {
        return code;
    }
    if (arrival.mishap != SCN_MISHAP_NONE) {
        const struct scn_mishap_detail detail = {
            .host = exchange->memory->host,
            .missing_length = arrival.missing_length,
        };
        return scn_mishap_fail(arrival.mishap, &detail, error);
    }
    *out_response = arrival.response;
    return COG_OK;
}

/*
 * Virtual time never runs out: a client that asks for ever would never be judged. This makes it
 * end, long behind every limit of its own, which is what it fails for then.
 */
static enum cog_code check_endlessness(struct scn_transport_memory *memory,
                                       const struct cog_request *request, struct cog_error *error)
{
    memory->request_count++;
    return memory->request_count <= REQUESTS_MAX
               ? COG_OK
               : cog_error_set(error, COG_ERROR_INTERNAL, "'%s' is the client's request %" PRIu64,
                               request->call, memory->request_count);
}

static enum cog_code send_request(struct scn_transport_memory *memory,
                                  const struct cog_request *request,
                                  struct cog_response *out_response, struct cog_error *error)
{
    struct parcel parcel;
    const int64_t now_ms = memory->clock->now_ms;
    enum cog_code code = check_endlessness(memory, request, error);
    if (code == COG_OK) {
        code = cog_patience_check_start(request, now_ms, error);
    }
    if (code == COG_OK) {
        code = scn_head_compose(request, memory->host, &parcel.head, error);
    }
    if (code != COG_OK) {
        return code;
    }
    parcel.target = find_target(request->url, memory->host);
    if (parcel.target == NULL) {
        return fail_elsewhere(request->url, error);
    }
    scn_memory_exchange_init(&parcel.exchange, memory, request, now_ms);
    return send_parcel(&parcel, out_response, error);
}

static enum cog_code memory_send(void *context, const struct cog_request *request,
                                 struct cog_response *out_response, struct cog_error *error)
{
    struct scn_transport_memory *memory = context;
    scn_shift_turn(memory->shift, false);
    scn_seat_step(memory->seat);
    const enum cog_code code = send_request(memory, request, out_response, error);
    scn_shift_turn(memory->shift, true);
    return code;
}

struct cog_transport scn_transport_memory(struct scn_transport_memory *memory)
{
    static const struct cog_transport_ops ops = {.send = memory_send};
    return (struct cog_transport){.ops = &ops, .context = memory};
}
