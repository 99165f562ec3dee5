/*
 * libmicrohttpd and nothing else: each request gets the same answer, made beforehand.
 *
 *   bare_server PORT BODY [NAME VALUE]...
 *
 * Epoll, one thread; on 127.0.0.1, until SIGTERM or SIGINT.
 */
#include "loopback.h"

#include <microhttpd.h>

#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { CONNECTIONS_MAX = 20000, PORT_MAX = 65535 };

/* NOLINTNEXTLINE(readability-function-size): the signature is libmicrohttpd's. */
static enum MHD_Result handle_access(void *context, struct MHD_Connection *connection,
                                     const char *url, const char *method, const char *version,
                                     const char *upload_data, size_t *upload_data_size,
                                     void **connection_context)
{
    (void)url;
    (void)method;
    (void)version;
    (void)upload_data;
    if (*connection_context == NULL) {
        /* An answer queued now would cost the connection: libmicrohttpd closes it then. */
        *connection_context = context;
        return MHD_YES;
    }
    *upload_data_size = 0;
    return MHD_queue_response(connection, MHD_HTTP_OK, context);
}

static struct MHD_Daemon *start(uint16_t port, struct MHD_Response *response)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO;
    return MHD_start_daemon(flags, 0, NULL, NULL, handle_access, response, MHD_OPTION_SOCK_ADDR,
                            &address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                            MHD_OPTION_END);
}

int main(int argc, char **argv)
{
    sigset_t ends;
    int number = 0;
    if (argc < 3 || argc % 2 != 1) {
        (void)fprintf(stderr, "usage: bare_server PORT BODY [NAME VALUE]...\n");
        return EXIT_FAILURE;
    }
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(argv[2]), argv[2], MHD_RESPMEM_PERSISTENT);
    for (int i = 3; response != NULL && i + 1 < argc; i += 2) {
        (void)MHD_add_response_header(response, argv[i], argv[i + 1]);
    }
    const uint16_t port = (uint16_t)loopback_number(argv[1], PORT_MAX);
    struct MHD_Daemon *daemon = response == NULL ? NULL : start(port, response);
    if (daemon == NULL) {
        (void)fprintf(stderr, "bare_server: cannot start\n");
        return EXIT_FAILURE;
    }
    (void)sigwait(&ends, &number);
    MHD_stop_daemon(daemon);
    MHD_destroy_response(response);
    return EXIT_SUCCESS;
}
