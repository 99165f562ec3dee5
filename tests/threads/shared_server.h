/** A platform for many threads, behind the transport seam, on a clock that sees who waits. */
#ifndef SHARED_SERVER_H
#define SHARED_SERVER_H

#include <cogpromote/clock.h>
#include <cogpromote/transport.h>

#include <pthread.h>

enum { SHARED_TOKEN_SIZE = 16 };

/** Everything below the mutex is under it. */
struct shared_server {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    char token[SHARED_TOKEN_SIZE]; /**< The only one that is good. */
    bool refuses_clients;          /**< The token request is a 400. */
    bool cancels_first;            /**< As if who asks first had been cancelled meanwhile. */
    size_t waiters_wanted;         /**< A token is not given before so many have waited for it. */
    size_t waiter_count;           /**< Threads that slept since. */
    size_t token_count;            /**< Token requests. */
    size_t promotion_count;
};

void shared_server_init(struct shared_server *server);
void shared_server_finish(struct shared_server *server);

/** Makes another token the good one, which `waiters` threads are to wait for. */
void shared_server_change_token(struct shared_server *server, const char *token, size_t waiters);

struct cog_transport shared_server_transport(struct shared_server *server);

/** The system's, but for counting the threads that sleep. */
struct cog_clock shared_server_clock(struct shared_server *server);

#endif
