/* Whatever bytes come over a socket: the first byte says how the connection goes. FF stands for a
 * pause, in which the fake does what it can. */
#include "fake.h"

#include <cogmock/http.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MODE_HALF_CLOSE = 1, /**< The client says that it has said all. */
    MODE_READS_NOT = 2,
    MODE_TIME_PASSES = 4,
    MODE_ENDS = 8, /**< The server ends before the client. */
    WAIT_MS = 120000,
    PATIENCE_MS = 60000,
    RUNS_MAX = 64,
    DESCRIPTORS_MAX = 64,
};

static const char scenario[] =
    "{\"server\":{\"stubs\":[{\"path\":\"/slow\",\"answer\":{\"body\":\"x\",\"delay\":\"1m\"}}]},"
    "\"faults\":["
    "{\"call\":\"health\",\"nth\":1,\"inject\":{\"kind\":\"delay\",\"delay\":\"1m\"}},"
    "{\"call\":\"health\",\"nth\":2,\"inject\":\"reset_before_body\"},"
    "{\"call\":\"health\",\"nth\":3,\"inject\":\"slow_drip\"},"
    "{\"call\":\"webhook\",\"nth\":2,\"inject\":\"timeout_after_apply\"}]}";

static int count_descriptors(void)
{
    int count = 0;
    for (int i = 0; i < DESCRIPTORS_MAX; i++) {
        count += fcntl(i, F_GETFD) >= 0;
    }
    return count;
}

static int join(const struct mock_http *http)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(mock_http_port(http)),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    fuzz_expect(descriptor >= 0 &&
                    connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0,
                "somebody listens");
    return descriptor;
}

static void run(struct mock_http *http, int client, uint8_t mode)
{
    char buffer[4096];
    fuzz_expect(mock_http_run(http, NULL) == COG_OK, "nothing that comes ends the server");
    while ((mode & MODE_READS_NOT) == 0 && recv(client, buffer, sizeof buffer, MSG_DONTWAIT) > 0) {
    }
}

static void talk(struct mock_http *http, struct fuzz_fake *fake, struct fuzz_input *input,
                 uint8_t mode)
{
    const int client = join(http);
    run(http, client, mode);
    while (input->length > 0) {
        size_t length = 0;
        char *piece = fuzz_text_take(input, '\f', &length);
        (void)send(client, piece, length, MSG_DONTWAIT | MSG_NOSIGNAL);
        free(piece);
        run(http, client, mode);
        if ((mode & MODE_TIME_PASSES) != 0) {
            cog_clock_virtual_advance(&fake->clock, fake->clock.now_ms + WAIT_MS);
            run(http, client, mode);
        }
    }
    if ((mode & MODE_HALF_CLOSE) != 0) {
        (void)shutdown(client, SHUT_WR);
        run(http, client, mode);
    }
    if ((mode & MODE_ENDS) != 0) {
        mock_http_stop(http);
        run(http, client, mode);
    }
    (void)close(client);
    /* Of an end that came together with the last bytes libmicrohttpd hears nothing: then patience
     * runs out. */
    for (int i = 0; i < RUNS_MAX && mock_http_traffic(http)->connection_count > 0; i++) {
        cog_clock_virtual_advance(&fake->clock, fake->clock.now_ms + PATIENCE_MS);
        run(http, -1, MODE_READS_NOT);
    }
    fuzz_expect(mock_http_traffic(http)->connection_count == 0, "who goes is gone");
    fuzz_expect(mock_http_is_idle(http), "and nothing is under way");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    const uint8_t mode = fuzz_byte_take(&input);
    const int descriptor_count = count_descriptors();
    struct fuzz_fake fake;
    fuzz_fake_init(&fake, scenario);
    const struct mock_http_options options = {
        .limits = {.request_timeout_ms = PATIENCE_MS},
        .clock = cog_clock_virtual(&fake.clock),
    };
    struct mock_http *http = NULL;
    fuzz_expect(mock_http_create(mock_control_site(fake.control), &options, &http, NULL) == COG_OK,
                "the server listens");
    talk(http, &fake, &input, mode);
    mock_http_destroy(http);
    fuzz_fake_finish(&fake);
    fuzz_expect(count_descriptors() == descriptor_count, "no descriptor is left open");
    return 0;
}
