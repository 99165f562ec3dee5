#include "crew/worker.h"

#include <cogpromote/clock.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    READ_SIZE = 1 << 16,
    STATUS_BROKEN = 70, /* It could not say what it had to. */
};

static void send_bytes(int results, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(results, bytes, length);
        if (written < 0 && errno != EINTR) {
            exit(STATUS_BROKEN);
        }
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
}

static void send_parcel(int results, const struct scn_parcel *parcel)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_parcel_format(parcel, &text);
    if (text.failed) {
        exit(STATUS_BROKEN);
    }
    send_bytes(results, cog_text_string(&text), text.length);
}

static void run_one(const struct scn_work *work, uint64_t index, int results)
{
    COG_CLEANUP(cog_text_finish) struct cog_text answer = {0};
    struct scn_parcel parcel = {.index = index};
    send_parcel(results, &parcel);
    const int64_t start_ms = cog_clock_monotonic_ms(cog_clock_posix());
    work->run(work->context, (size_t)index, &answer);
    if (answer.failed) {
        exit(STATUS_BROKEN);
    }
    parcel.is_over = true;
    parcel.real_ms = cog_clock_monotonic_ms(cog_clock_posix()) - start_ms;
    parcel.answer = cog_text_string(&answer);
    parcel.answer_length = answer.length;
    send_parcel(results, &parcel);
}

/* A pipe gives each reader whole numbers, because only whole ones are written. */
static void work_on(const struct scn_work *work, int queue, int results)
{
    uint64_t index = 0;
    ssize_t length = 0;
    do {
        length = read(queue, &index, sizeof index);
        if (length == (ssize_t)sizeof index && index < work->count) {
            run_one(work, index, results);
        }
    } while (length > 0 || (length < 0 && errno == EINTR));
}

/* A new process: signals as they are for any program, and nothing held open for others. */
static void settle_in(const struct scn_worker_inheritance *inheritance)
{
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    /* A group of its own: a terminal's Ctrl-C is for the parent, who then ends all of it. */
    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; i < inheritance->other_count; i++) {
        if (inheritance->others[i].pid != 0) {
            (void)close(inheritance->others[i].descriptor);
        }
    }
    if (inheritance->queue_end >= 0) {
        (void)close(inheritance->queue_end);
    }
}

enum cog_code scn_worker_start(const struct scn_work *work, int queue,
                               const struct scn_worker_inheritance *inheritance,
                               struct scn_worker *out_worker, struct cog_error *error)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot make a pipe: %s", strerror(errno));
    }
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    /* The child would write it a second time when it exits. */
    (void)fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        settle_in(inheritance);
        work_on(work, queue, ends[1]);
        exit(0); /* Not _exit(): leak checks and coverage count what ran here. */
    }
    (void)close(ends[1]);
    if (pid < 0) {
        (void)close(ends[0]);
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot start a process: %s",
                             strerror(errno));
    }
    (void)setpgid(pid, pid); /* By both: whoever comes first. */
    *out_worker = (struct scn_worker){.pid = pid, .descriptor = ends[0]};
    return COG_OK;
}

enum cog_code scn_worker_read(struct scn_worker *worker, bool *out_is_over, struct cog_error *error)
{
    char bytes[READ_SIZE];
    const ssize_t length = read(worker->descriptor, bytes, sizeof bytes);
    if (length > 0) {
        cog_text_append_bytes(&worker->said, bytes, (size_t)length);
    }
    *out_is_over = length == 0 || (length < 0 && errno != EINTR);
    return worker->said.failed ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory") : COG_OK;
}

void scn_worker_kill(const struct scn_worker *worker)
{
    if (worker->pid != 0) {
        (void)kill(-worker->pid, SIGKILL);
    }
}

int scn_worker_reap(struct scn_worker *worker)
{
    int status = 0;
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    scn_worker_kill(worker);
    (void)close(worker->descriptor);
    cog_text_finish(&worker->said);
    *worker = (struct scn_worker){0};
    return status;
}

void scn_worker_finish(struct scn_worker *worker)
{
    if (worker->pid != 0) {
        scn_worker_kill(worker);
        (void)scn_worker_reap(worker);
    }
}
