#include "transport_curl_pipe.h"

#include <time.h>

void cog_curl_pipe_block(struct cog_curl_pipe *pipe)
{
    sigset_t only;
    (void)sigemptyset(&only);
    (void)sigaddset(&only, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &only, &pipe->mask);
    pipe->was_blocked = sigismember(&pipe->mask, SIGPIPE) == 1;
}

void cog_curl_pipe_restore(struct cog_curl_pipe *pipe)
{
    if (pipe->was_blocked) {
        return;
    }
    sigset_t only;
    (void)sigemptyset(&only);
    (void)sigaddset(&only, SIGPIPE);
    /* A write's SIGPIPE is its thread's own, so it is here by now if it was sent at all. */
    const struct timespec at_once = {0};
    (void)sigtimedwait(&only, NULL, &at_once);
    (void)pthread_sigmask(SIG_SETMASK, &pipe->mask, NULL);
}
