#include "server_process.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void fail(const char *what)
{
    (void)fprintf(stderr, "bench: the server %s\n", what);
    exit(EXIT_FAILURE);
}

/** @return the end of its output that is read */
static int spawn(struct bench_server *server, const char *program)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    char *const arguments[] = {(char *)program, NULL};
    if (pipe(ends) != 0 || posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) != 0 ||
        posix_spawn_file_actions_addclose(&actions, ends[0]) != 0 ||
        posix_spawn(&server->pid, program, &actions, NULL, arguments, environ) != 0) {
        fail("cannot be started");
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[1]);
    return ends[0];
}

void bench_server_start(struct bench_server *server, const char *program)
{
    const int output = spawn(server, program);
    char line[16] = "";
    const ssize_t length = read(output, line, sizeof line - 1);
    (void)close(output);
    const long port = length > 0 ? strtol(line, NULL, 10) : 0;
    if (port <= 0) {
        fail("did not name its port");
    }
    (void)snprintf(server->api_base, sizeof server->api_base, "http://127.0.0.1:%ld/api/v1", port);
}

void bench_server_stop(const struct bench_server *server)
{
    (void)kill(server->pid, SIGTERM);
    (void)waitpid(server->pid, NULL, 0);
}
