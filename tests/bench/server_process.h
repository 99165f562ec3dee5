/** The server as a process of its own. */
#ifndef BENCH_SERVER_PROCESS_H
#define BENCH_SERVER_PROCESS_H

#include <sys/types.h>

enum { BENCH_URL_SIZE = 64 };

struct bench_server {
    pid_t pid;
    char api_base[BENCH_URL_SIZE];
};

/** Ends this process when it cannot be started. */
void bench_server_start(struct bench_server *server, const char *program);

void bench_server_stop(const struct bench_server *server);

#endif
