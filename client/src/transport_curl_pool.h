/** libcurl's handles, kept with their connections from one request to the next. */
#ifndef TRANSPORT_CURL_POOL_H
#define TRANSPORT_CURL_POOL_H

#include <cogpromote/error.h>

#include <curl/curl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    COG_CURL_CHANNELS_IDLE_MAX = 16, /**< More are closed when they are given back. */
    /** By one channel: libcurl re-sends a GET by each one that has died. */
    COG_CURL_CONNECTIONS_MAX = 1,
};

/** What one thread at a time sends with. */
struct cog_curl_channel {
    CURLM *multi; /**< Has the connections. */
    CURL *easy;
    bool is_prepared; /**< What all requests have in common is set; else nothing is. */
    struct cog_curl_channel *next;
};

/** Thread-safe. `init` it before anything else. */
struct cog_curl_pool {
    pthread_mutex_t mutex; /**< Around the list alone. */
    struct cog_curl_channel *idle;
    size_t idle_count;
};

/** @return COG_OK or COG_ERROR_INTERNAL */
enum cog_code cog_curl_pool_init(struct cog_curl_pool *pool, struct cog_error *error) COG_CHECK;

/** Closes what is idle. All channels must have been given back. */
void cog_curl_pool_finish(struct cog_curl_pool *pool);

/** The channel used last, whose connection is the likeliest to be open; or a new one. */
enum cog_code cog_curl_pool_take(struct cog_curl_pool *pool, struct cog_curl_channel **out_channel,
                                 struct cog_error *error) COG_CHECK;

/** Resets what is not prepared. @param is_sound false closes the channel instead of keeping it */
void cog_curl_pool_give(struct cog_curl_pool *pool, struct cog_curl_channel *channel,
                        bool is_sound);

#endif
