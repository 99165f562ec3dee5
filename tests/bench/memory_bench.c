/*
 * The peak memory of `cogpromote promote`, beside that of one request by curl and by plain libcurl.
 *
 *   memory_bench SERVER-PROGRAM COGPROMOTE PLAIN-PROGRAM
 *
 * It is small itself: a child's peak counts from before its exec. Says how it was, and never fails
 * because of it.
 */
#include "folder.h"
#include "server_process.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { ARGUMENTS_MAX = 8, TURNS = 5 };

/* @return KiB; 0 when it could not be run */
static long peak_kib(const char *const arguments[])
{
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;
    int status = 0;
    struct rusage usage = {0};
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0) != 0 ||
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0) != 0 ||
        posix_spawnp(&pid, arguments[0], &actions, NULL, (char *const *)arguments, environ) != 0) {
        return 0;
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    if (wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return 0;
    }
    return usage.ru_maxrss;
}

static void report(const char *name, const char *const arguments[])
{
    long largest = 0;
    for (int i = 0; i < TURNS; i++) {
        const long peak = peak_kib(arguments);
        if (peak == 0) {
            (void)printf("%-32s could not be run\n", name);
            return;
        }
        largest = peak > largest ? peak : largest;
    }
    (void)printf("%-32s %8ld KiB\n", name, largest);
}

static void environment_fill(const char *api_base, const char *folder)
{
    const char *const variables[][2] = {
        {"COGNIGY_API_BASE", api_base},          {"COGNIGY_CLIENT_ID", "dev-client"},
        {"COGNIGY_CLIENT_SECRET", "dev-secret"}, {"SOURCE_ENV_ID", "env-source"},
        {"TARGET_ENV_ID", "env-target"},         {"COGPROMOTE_STATE_DIR", folder},
        {"COGPROMOTE_POLL_INTERVAL", "10ms"},
    };
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        (void)setenv(variables[i][0], variables[i][1], 1);
    }
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/cogpromote-bench-XXXXXX";
    if (argc != 4 || mkdtemp(folder) == NULL) {
        (void)fprintf(stderr, "usage: memory_bench SERVER-PROGRAM COGPROMOTE PLAIN-PROGRAM\n");
        return EXIT_FAILURE;
    }
    struct bench_server server;
    bench_server_start(&server, argv[1]);
    environment_fill(server.api_base, folder);
    char url[BENCH_URL_SIZE + 16];
    (void)snprintf(url, sizeof url, "%s/health", server.api_base);

    (void)printf("peak resident memory, the largest of %d\n", TURNS);
    const struct {
        const char *name;
        const char *arguments[ARGUMENTS_MAX];
    } programs[] = {
        {"cogpromote promote", {argv[2], "promote"}},
        {"cogpromote --version", {argv[2], "--version"}},
        {"curl, one request", {"curl", "-sS", url}},
        {"plain libcurl, one request", {argv[3], url}},
    };
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        report(programs[i].name, programs[i].arguments);
    }

    bench_server_stop(&server);
    bench_folder_remove(folder);
    return EXIT_SUCCESS;
}
