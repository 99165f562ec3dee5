/* Many threads with one transport: each gets the answer to its own request. */
#include <cogpromote/transport_curl.h>

#include "crew.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 20, TIMEOUT_MS = 30000, TEXT_SIZE = 64 };

struct bench {
    struct MHD_Daemon *daemon;
    struct cog_transport_curl *transport;
    char base[TEXT_SIZE];
    atomic_size_t good_count;
};

/* Sends the path back, and of a POST, whose body it drops, in a second call. */
/* NOLINTNEXTLINE(readability-function-size): the signature is libmicrohttpd's. */
static enum MHD_Result echo(void *context, struct MHD_Connection *connection, const char *url,
                            const char *method, const char *version, const char *upload,
                            size_t *upload_size, void **state)
{
    static char seen;
    (void)context;
    (void)version;
    (void)upload;
    if (*state == NULL || *upload_size > 0) {
        *state = &seen;
        *upload_size = 0;
        return MHD_YES;
    }
    char text[TEXT_SIZE];
    (void)snprintf(text, sizeof text, "%s %s", method, url);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_COPY);
    const enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

static void bench_init(struct bench *bench)
{
    *bench = (struct bench){0};
    bench->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, NULL, NULL,
                                     echo, NULL, MHD_OPTION_END);
    const struct cog_transport_curl_options options = {.clock = cog_clock_posix()};
    if (bench->daemon == NULL ||
        cog_transport_curl_create(&options, &bench->transport, NULL) != COG_OK) {
        abort();
    }
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(bench->daemon, MHD_DAEMON_INFO_BIND_PORT);
    (void)snprintf(bench->base, sizeof bench->base, "http://127.0.0.1:%u", info->port);
}

static void bench_finish(struct bench *bench)
{
    cog_transport_curl_destroy(bench->transport);
    MHD_stop_daemon(bench->daemon);
}

/* Every third one acts. */
static bool exchange(struct bench *bench, size_t index, int round)
{
    char path[TEXT_SIZE];
    char url[2 * TEXT_SIZE];
    char expected[2 * TEXT_SIZE];
    const char *method = round % 3 == 0 ? "POST" : "GET";
    (void)snprintf(path, sizeof path, "/%zu/%d", index, round);
    (void)snprintf(url, sizeof url, "%s%s", bench->base, path);
    (void)snprintf(expected, sizeof expected, "%s %s", method, path);
    const struct cog_request request = {
        .call = "echo",
        .method = method,
        .url = url,
        .body = round % 3 == 0 ? "{}" : NULL,
        .body_length = round % 3 == 0 ? 2 : 0,
        .authentication = COG_AUTHENTICATION_BEARER,
        .acting = round % 3 == 0,
        .timeout_ms = TIMEOUT_MS,
        .deadline_ms = INT64_MAX,
    };
    struct cog_response response = {0};
    struct cog_error error = {0};
    const enum cog_code code =
        cog_transport_send(cog_transport_curl(bench->transport), &request, &response, &error);
    const bool is_good = code == COG_OK && strcmp(response.body, expected) == 0;
    if (!is_good) {
        (void)fprintf(stderr, "%s: %s %s\n", expected, cog_code_name(code), error.message);
    }
    cog_response_finish(&response);
    return is_good;
}

static void exchange_often(void *context, size_t index)
{
    struct bench *bench = context;
    for (int round = 0; round < ROUNDS; round++) {
        bench->good_count += exchange(bench, index, round) ? 1 : 0;
    }
}

int main(void)
{
    struct bench bench;
    bench_init(&bench);

    crew_run(exchange_often, &bench);

    crew_point(bench.good_count == (size_t)CREW_SIZE * ROUNDS,
               "64 threads send with one transport, and each gets its own answers");
    bench_finish(&bench);
    return crew_end();
}
