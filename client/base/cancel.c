#include <cogpromote/cancel.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/* A signal handler may touch an atomic only if that takes no lock. */
_Static_assert(ATOMIC_BOOL_LOCK_FREE == 2, "cog_cancel_request must be async-signal-safe");

/* The flag is cheap to ask; the pipe wakes those who wait in poll(2). */
struct cog_cancel {
    atomic_bool is_requested;
    int read_descriptor;
    int write_descriptor;
};

/* Non-blocking, because a signal handler must not wait for a full pipe. */
static bool set_flags(int descriptor)
{
    const int flags = fcntl(descriptor, F_GETFL);
    return flags != -1 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) != -1 &&
           fcntl(descriptor, F_SETFD, FD_CLOEXEC) != -1;
}

enum cog_code cog_cancel_create(struct cog_cancel **out_cancel, struct cog_error *error)
{
    if (out_cancel == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "out_cancel is required");
    }
    struct cog_cancel *cancel = calloc(1, sizeof *cancel);
    if (cancel == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0) {
        free(cancel);
        return cog_error_set(error, COG_ERROR_INTERNAL, "no pipe for the cancellation");
    }
    atomic_init(&cancel->is_requested, false);
    cancel->read_descriptor = ends[0];
    cancel->write_descriptor = ends[1];
    if (!set_flags(ends[0]) || !set_flags(ends[1])) {
        cog_cancel_destroy(cancel);
        return cog_error_set(error, COG_ERROR_INTERNAL, "no pipe for the cancellation");
    }
    *out_cancel = cancel;
    return COG_OK;
}

void cog_cancel_destroy(struct cog_cancel *cancel)
{
    if (cancel == NULL) {
        return;
    }
    (void)close(cancel->read_descriptor);
    (void)close(cancel->write_descriptor);
    free(cancel);
}

void cog_cancel_request(struct cog_cancel *cancel)
{
    assert(cancel != NULL);
    const int interrupted_errno = errno;
    atomic_store(&cancel->is_requested, true);
    /* When the pipe is full it is readable already, and that is all it is for. */
    const ssize_t written = write(cancel->write_descriptor, "", 1);
    (void)written;
    errno = interrupted_errno;
}

bool cog_cancel_is_requested(const struct cog_cancel *cancel)
{
    return cancel != NULL && atomic_load(&cancel->is_requested);
}

int cog_cancel_descriptor(const struct cog_cancel *cancel)
{
    return cancel != NULL ? cancel->read_descriptor : -1;
}
