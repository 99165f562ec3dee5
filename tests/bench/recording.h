/** Keeps what a transport is given to send, so that somebody else can send the same. */
#ifndef BENCH_RECORDING_H
#define BENCH_RECORDING_H

#include <cogpromote/transport.h>

#include <curl/curl.h>

enum { RECORDING_REQUESTS_MAX = 128 };

struct recorded_request {
    char *url;
    char *body; /**< NULL: a GET, unless `is_post`. */
    struct curl_slist *headers;
    bool is_post;
    bool is_alone; /**< On a connection of its own. */
};

/** Set `inner`. */
struct recording {
    struct cog_transport inner;
    struct recorded_request requests[RECORDING_REQUESTS_MAX];
    size_t count;
};

struct cog_transport recording_transport(struct recording *recording);

void recording_finish(struct recording *recording);

#endif
