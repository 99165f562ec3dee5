#include "crew/crew.h"

#include <cogpromote/clock.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REASON_SIZE = 128 };

/* A run under way. The queue is a pipe, from which workers help themselves. */
struct crew {
    const struct scn_work *work;
    const struct scn_crew_options *options;
    struct scn_worker *workers;
    struct pollfd *descriptors; /* One a worker, and the interrupt's. */
    int queue;
    int queue_end;      /* -1: nothing more is handed out. */
    enum scn_wish wish; /* The strongest so far. */
    size_t handed_count;
    size_t ended_count;
};

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static void close_queue(struct crew *crew)
{
    if (crew->queue_end >= 0) {
        (void)close(crew->queue_end);
        crew->queue_end = -1;
    }
}

/* As much as goes into the pipe; what is left follows when workers have made room. */
static void feed(struct crew *crew)
{
    while (crew->queue_end >= 0 && crew->handed_count < crew->work->count) {
        const uint64_t index = crew->handed_count;
        if (write(crew->queue_end, &index, sizeof index) != (ssize_t)sizeof index) {
            return;
        }
        crew->handed_count++;
    }
    close_queue(crew);
}

/* Takes back what nobody has begun. */
static void stop_handing_out(struct crew *crew)
{
    uint64_t index = 0;
    close_queue(crew);
    while (read(crew->queue, &index, sizeof index) == (ssize_t)sizeof index) {
        crew->handed_count--;
    }
}

static void end(struct crew *crew, size_t index, const struct scn_answer *answer)
{
    const struct scn_listener *listener = &crew->options->listener;
    crew->ended_count++;
    const enum scn_wish wish = listener->end(listener->context, index, answer);
    if (wish > crew->wish) {
        crew->wish = wish;
        stop_handing_out(crew);
    }
}

/* Of a worker that will not say any more what came of its work. */
static void end_in_failure(struct crew *crew, struct scn_worker *worker, const char *reason)
{
    const struct scn_answer answer = {
        .failure = reason,
        .real_ms = now_ms() - worker->since_ms,
    };
    worker->is_running = false;
    end(crew, worker->index, &answer);
}

static bool take_parcel(struct crew *crew, struct scn_worker *worker,
                        const struct scn_parcel *parcel)
{
    if (parcel->index >= crew->work->count || parcel->is_over != worker->is_running ||
        (parcel->is_over && parcel->index != worker->index)) {
        return false;
    }
    worker->index = (size_t)parcel->index;
    worker->is_running = !parcel->is_over;
    if (parcel->is_over) {
        const struct scn_answer answer = {
            .bytes = parcel->answer,
            .length = parcel->answer_length,
            .real_ms = parcel->real_ms,
        };
        end(crew, worker->index, &answer);
        return true;
    }
    worker->since_ms = now_ms();
    crew->options->listener.begin(crew->options->listener.context, worker->index);
    return true;
}

static void drop_front(struct cog_text *text, size_t length)
{
    text->length -= length;
    memmove(text->bytes, text->bytes + length, text->length);
}

/* @return COG_ERROR_SYNTAX for a worker that does not make sense */
static enum cog_code take_parcels(struct crew *crew, struct scn_worker *worker,
                                  struct cog_error *error)
{
    size_t used = 0;
    size_t length = 0;
    enum cog_code code = COG_OK;
    if (worker->said.length == 0) {
        return COG_OK;
    }
    do {
        struct scn_parcel parcel = {0};
        code = scn_parcel_parse(worker->said.bytes + used, worker->said.length - used, &parcel,
                                &length, error);
        used += length;
        if (code == COG_OK && length > 0 && !take_parcel(crew, worker, &parcel)) {
            code = cog_error_set(error, COG_ERROR_SYNTAX, "a worker is out of step");
        }
    } while (code == COG_OK && length > 0);
    drop_front(&worker->said, used);
    return code;
}

static void describe_end(int status, char reason[REASON_SIZE])
{
    if (WIFSIGNALED(status)) {
        (void)snprintf(reason, REASON_SIZE, "the runner's process died of signal %d (%s)",
                       WTERMSIG(status), strsignal(WTERMSIG(status)));
    } else {
        (void)snprintf(reason, REASON_SIZE, "the runner's process exited with %d",
                       WEXITSTATUS(status));
    }
}

static enum cog_code hire(struct crew *crew, struct scn_worker *worker, struct cog_error *error)
{
    const struct scn_worker_inheritance inheritance = {
        .others = crew->workers,
        .other_count = crew->options->worker_count,
        .queue_end = crew->queue_end,
    };
    return scn_worker_start(crew->work, crew->queue, &inheritance, worker, error);
}

/* Another worker takes its place while there may be something to do. */
static enum cog_code replace(struct crew *crew, struct scn_worker *worker, struct cog_error *error)
{
    return crew->ended_count < crew->handed_count ? hire(crew, worker, error) : COG_OK;
}

/* @param reason why it was killed; NULL when it ended by itself */
static enum cog_code bury(struct crew *crew, struct scn_worker *worker, const char *reason,
                          struct cog_error *error)
{
    char text[REASON_SIZE];
    struct scn_worker gone = *worker;
    gone.said = (struct cog_text){0};
    const int status = scn_worker_reap(worker);
    describe_end(status, text);
    if (gone.is_running) {
        char line[REASON_SIZE * 2];
        (void)snprintf(line, sizeof line, "%s while it ran this", text);
        end_in_failure(crew, &gone, reason != NULL ? reason : line);
        return replace(crew, worker, error);
    }
    return status == 0 ? COG_OK
                       : cog_error_set(error, COG_ERROR_INTERNAL, "%s with nothing to do", text);
}

static enum cog_code listen_to(struct crew *crew, struct scn_worker *worker,
                               struct cog_error *error)
{
    bool is_over = false;
    enum cog_code code = scn_worker_read(worker, &is_over, error);
    if (code == COG_OK) {
        code = take_parcels(crew, worker, error);
    }
    if (code == COG_ERROR_SYNTAX) {
        scn_worker_kill(worker);
        return bury(crew, worker, "the runner's process said what is no answer", error);
    }
    return code == COG_OK && is_over ? bury(crew, worker, NULL, error) : code;
}

static bool is_stalled(const struct crew *crew, const struct scn_worker *worker)
{
    const int64_t stall_ms = crew->options->stall_ms;
    return worker->is_running && stall_ms > 0 && now_ms() - worker->since_ms >= stall_ms;
}

static enum cog_code end_stalled(struct crew *crew, struct scn_worker *worker,
                                 struct cog_error *error)
{
    char reason[REASON_SIZE];
    (void)snprintf(reason, sizeof reason,
                   "it did not end in %" PRId64 " ms of real time, and was killed",
                   crew->options->stall_ms);
    scn_worker_kill(worker);
    return bury(crew, worker, reason, error);
}

/* Until the first run has stalled; -1: none can. */
static int choose_timeout(const struct crew *crew)
{
    int64_t due_ms = INT64_MAX;
    for (size_t i = 0; i < crew->options->worker_count; i++) {
        const struct scn_worker *worker = &crew->workers[i];
        if (worker->is_running && worker->since_ms < due_ms) {
            due_ms = worker->since_ms;
        }
    }
    if (due_ms == INT64_MAX || crew->options->stall_ms == 0) {
        return -1;
    }
    const int64_t left_ms = due_ms + crew->options->stall_ms - now_ms();
    if (left_ms > INT_MAX) {
        return INT_MAX;
    }
    return left_ms > 0 ? (int)left_ms : 0;
}

/* @return how many workers there are */
static size_t gather_descriptors(struct crew *crew)
{
    const size_t count = crew->options->worker_count;
    size_t worker_count = 0;
    for (size_t i = 0; i < count; i++) {
        const bool is_there = crew->workers[i].pid != 0;
        /* poll() skips what is negative. */
        crew->descriptors[i] = (struct pollfd){
            .fd = is_there ? crew->workers[i].descriptor : -1,
            .events = POLLIN,
        };
        worker_count += is_there ? 1 : 0;
    }
    crew->descriptors[count] = (struct pollfd){
        .fd = crew->options->interrupt_descriptor,
        .events = POLLIN,
    };
    return worker_count;
}

static enum cog_code attend(struct crew *crew, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < crew->options->worker_count; i++) {
        struct scn_worker *worker = &crew->workers[i];
        if (crew->descriptors[i].revents != 0) {
            code = listen_to(crew, worker, error);
        } else if (worker->pid != 0 && is_stalled(crew, worker)) {
            code = end_stalled(crew, worker, error);
        }
    }
    return code;
}

static enum cog_code work_through(struct crew *crew, struct cog_error *error)
{
    const size_t count = crew->options->worker_count;
    while (crew->wish != SCN_WISH_END && gather_descriptors(crew) > 0) {
        feed(crew);
        if (poll(crew->descriptors, (nfds_t)count + 1, choose_timeout(crew)) < 0) {
            if (errno == EINTR) {
                continue;
            }
            return cog_error_set(error, COG_ERROR_INTERNAL, "cannot wait: %s", strerror(errno));
        }
        if (crew->descriptors[count].revents != 0) {
            return cog_error_set(error, COG_ERROR_CANCELLED, "interrupted");
        }
        enum cog_code code = attend(crew, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return crew->wish == SCN_WISH_END || crew->ended_count == crew->handed_count
               ? COG_OK
               : cog_error_set(error, COG_ERROR_INTERNAL, "some work was handed out and not done");
}

static enum cog_code open_queue(struct crew *crew, struct cog_error *error)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot make a pipe: %s", strerror(errno));
    }
    crew->queue = ends[0];
    crew->queue_end = ends[1];
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
    return COG_OK;
}

static enum cog_code crew_init(struct crew *crew, struct cog_error *error)
{
    const size_t count = crew->options->worker_count;
    assert(count > 0);
    crew->workers = calloc(count, sizeof *crew->workers);
    crew->descriptors = calloc(count + 1, sizeof *crew->descriptors);
    if (crew->workers == NULL || crew->descriptors == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = open_queue(crew, error);
    feed(crew);
    for (size_t i = 0; code == COG_OK && i < count; i++) {
        code = hire(crew, &crew->workers[i], error);
    }
    /* Fewer do it too. */
    return crew->workers[0].pid != 0 ? COG_OK : code;
}

static void crew_finish(struct crew *crew)
{
    for (size_t i = 0; crew->workers != NULL && i < crew->options->worker_count; i++) {
        scn_worker_finish(&crew->workers[i]);
    }
    close_queue(crew);
    if (crew->queue >= 0) {
        (void)close(crew->queue);
    }
    free(crew->workers);
    free(crew->descriptors);
}

size_t scn_crew_choose_size(size_t wanted, size_t work_count)
{
    const long processor_count = sysconf(_SC_NPROCESSORS_ONLN);
    if (wanted == 0) {
        wanted = processor_count > 0 ? (size_t)processor_count : 1;
    }
    return wanted < work_count ? wanted : work_count;
}

enum cog_code scn_crew_run(const struct scn_work *work, const struct scn_crew_options *options,
                           struct cog_error *error)
{
    COG_CLEANUP(crew_finish)
    struct crew crew = {.work = work, .options = options, .queue = -1, .queue_end = -1};
    enum cog_code code = crew_init(&crew, error);
    return code == COG_OK ? work_through(&crew, error) : code;
}
