/**
 * A process of the runner that takes work from a queue, does it and says what came of it. What goes
 * wrong there, a crash or a loop without an end, costs that piece of work alone.
 */
#ifndef SCN_WORKER_H
#define SCN_WORKER_H

#include "crew/parcel.h"

#include <sys/types.h>

/** What there is to do, by index; borrowed by every worker. */
struct scn_work {
    /** @param answer empty; a text that has failed ends the worker */
    void (*run)(const void *context, size_t index, struct cog_text *answer);
    const void *context;
    size_t count;
};

/** `{0}` is no worker, and safe to finish. */
struct scn_worker {
    pid_t pid;            /**< 0: there is none. Also the process group of all it starts. */
    int descriptor;       /**< What it says can be read here. */
    struct cog_text said; /**< And was not yet understood. */
    bool is_running;      /**< It has begun something, and not ended it. */
    size_t index;         /**< Of that. */
    int64_t since_ms;     /**< By the monotonic clock. */
};

/** The descriptors that a new process has to close: none of its business. */
struct scn_worker_inheritance {
    const struct scn_worker *others; /**< Borrowed. */
    size_t other_count;
    int queue_end; /**< At which the queue is filled; -1 when it is closed. */
};

/**
 * Starts a process that works until the queue, a pipe of indexes as `uint64_t`, is at its end.
 *
 * @return COG_OK or COG_ERROR_INTERNAL
 */
enum cog_code scn_worker_start(const struct scn_work *work, int queue,
                               const struct scn_worker_inheritance *inheritance,
                               struct scn_worker *out_worker, struct cog_error *error) COG_CHECK;

/**
 * Reads what is there, without waiting if there is something.
 *
 * @param out_is_over the process has closed its side: it ends, or has ended
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_worker_read(struct scn_worker *worker, bool *out_is_over,
                              struct cog_error *error) COG_CHECK;

/** Ends it at once, with all that it started. */
void scn_worker_kill(const struct scn_worker *worker);

/**
 * Waits for its end, and removes what it may have left running.
 *
 * @return the status of waitpid(2); the worker is none afterwards
 */
int scn_worker_reap(struct scn_worker *worker);

/** Kills and reaps it. */
void scn_worker_finish(struct scn_worker *worker);

#endif
