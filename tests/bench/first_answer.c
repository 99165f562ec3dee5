/*
 * From fork and exec of a server to the first byte of an answer.
 *
 *   first_answer TURNS PORT REQUEST PROGRAM [ARGUMENT]...
 *
 * Prints the median, the least and the most, in microseconds. The server is to listen on 127.0.0.1
 * at PORT, and is asked until it answers.
 */
#include "loopback.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    TURNS_MAX = 1000,
    PORT_MAX = 65535,
    PAUSE_NS = 50000,
    LIMIT_S = 30,
    ANSWER_TIMEOUT_MS = 1000,
};

/* A signal handler gets no context: the server that runs now, 0 for none. */
static volatile sig_atomic_t server_pid;

static void stop(int number)
{
    if (server_pid > 0) {
        (void)kill(-(pid_t)server_pid, SIGTERM);
    }
    _exit(128 + number);
}

/* A group of its own, so that its workers end with it. */
static pid_t start(char **command)
{
    const pid_t pid = fork();
    if (pid == 0) {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        (void)setpgid(0, 0);
        (void)dup2(nowhere, STDOUT_FILENO);
        (void)dup2(nowhere, STDERR_FILENO);
        (void)execvp(command[0], command);
        _exit(127);
    }
    (void)setpgid(pid, pid);
    return pid;
}

static bool has_answered(uint16_t port, const char *request)
{
    char byte = 0;
    const int socket = loopback_connect(port);
    if (socket < 0) {
        return false;
    }
    loopback_limit(socket, ANSWER_TIMEOUT_MS);
    const bool has_byte =
        loopback_send(socket, request) && recv(socket, &byte, 1, 0) == 1 && byte == 'H';
    (void)close(socket);
    return has_byte;
}

/* @return microseconds; -1: it did not answer */
static double run(uint16_t port, const char *request, char **command)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};
    const int64_t start_ns = loopback_now_ns();
    const int64_t end_ns = start_ns + (int64_t)LIMIT_S * 1000000000;
    bool is_there = false;
    server_pid = start(command);
    while (!is_there && loopback_now_ns() < end_ns && waitpid(server_pid, NULL, WNOHANG) == 0) {
        is_there = has_answered(port, request);
        if (!is_there) {
            (void)nanosleep(&pause, NULL);
        }
    }
    const double us = (double)(loopback_now_ns() - start_ns) / 1e3;
    (void)kill(-(pid_t)server_pid, SIGTERM);
    (void)waitpid(server_pid, NULL, 0);
    server_pid = 0;
    return is_there ? us : -1;
}

static int compare(const void *left, const void *right)
{
    const double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv)
{
    static double us[TURNS_MAX];
    if (argc < 5) {
        (void)fprintf(stderr, "usage: first_answer TURNS PORT REQUEST PROGRAM [ARGUMENT]...\n");
        return EXIT_FAILURE;
    }
    const size_t turns = (size_t)loopback_number(argv[1], TURNS_MAX);
    const uint16_t port = (uint16_t)loopback_number(argv[2], PORT_MAX);
    const struct sigaction action = {.sa_handler = stop};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    for (size_t i = 0; i < turns; i++) {
        us[i] = run(port, argv[3], argv + 4);
        if (us[i] < 0) {
            (void)fprintf(stderr, "first_answer: '%s' did not answer\n", argv[4]);
            return EXIT_FAILURE;
        }
    }
    if (turns > 0) {
        qsort(us, turns, sizeof us[0], compare);
        (void)printf("%.0f %.0f %.0f\n", us[turns / 2], us[0], us[turns - 1]);
    }
    return EXIT_SUCCESS;
}
