/** Keeps SIGPIPE from the thread that sends: OpenSSL writes to closed connections without asking.
 */
#ifndef TRANSPORT_CURL_PIPE_H
#define TRANSPORT_CURL_PIPE_H

#include <signal.h>
#include <stdbool.h>

/** What is put back afterwards. */
struct cog_curl_pipe {
    sigset_t mask;
    bool was_blocked; /**< Then nothing is to be done. */
};

/** Blocks SIGPIPE in this thread alone; libcurl would change it for the whole process. */
void cog_curl_pipe_block(struct cog_curl_pipe *pipe);

/** Takes back a SIGPIPE that came since, and puts the thread's mask back. For COG_CLEANUP. */
void cog_curl_pipe_restore(struct cog_curl_pipe *pipe);

#endif
