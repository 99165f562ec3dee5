#include "transport_curl_pool.h"

#include "transport_curl_memory.h"

#include <stdlib.h>

static void channel_destroy(struct cog_curl_channel *channel)
{
    curl_easy_cleanup(channel->easy);
    (void)curl_multi_cleanup(channel->multi);
    free(channel);
}

static enum cog_code channel_create(struct cog_curl_channel **out_channel, struct cog_error *error)
{
    struct cog_curl_channel *channel = calloc(1, sizeof *channel);
    if (channel == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    channel->multi = curl_multi_init();
    channel->easy = curl_easy_init();
    if (channel->multi == NULL || channel->easy == NULL) {
        channel_destroy(channel);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    (void)curl_multi_setopt(channel->multi, CURLMOPT_MAXCONNECTS, (long)COG_CURL_CONNECTIONS_MAX);
    *out_channel = channel;
    return COG_OK;
}

enum cog_code cog_curl_pool_init(struct cog_curl_pool *pool, struct cog_error *error)
{
    *pool = (struct cog_curl_pool){0};
    if (pthread_mutex_init(&pool->mutex, NULL) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no mutex for the connections");
    }
    return COG_OK;
}

void cog_curl_pool_finish(struct cog_curl_pool *pool)
{
    while (pool->idle != NULL) {
        struct cog_curl_channel *channel = pool->idle;
        pool->idle = channel->next;
        channel_destroy(channel);
    }
    (void)pthread_mutex_destroy(&pool->mutex);
}

enum cog_code cog_curl_pool_take(struct cog_curl_pool *pool, struct cog_curl_channel **out_channel,
                                 struct cog_error *error)
{
    (void)pthread_mutex_lock(&pool->mutex);
    struct cog_curl_channel *channel = pool->idle;
    if (channel != NULL) {
        pool->idle = channel->next;
        pool->idle_count--;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    if (channel == NULL) {
        return channel_create(out_channel, error);
    }
    *out_channel = channel;
    return COG_OK;
}

static bool keep(struct cog_curl_pool *pool, struct cog_curl_channel *channel)
{
    (void)pthread_mutex_lock(&pool->mutex);
    const bool has_room = pool->idle_count < COG_CURL_CHANNELS_IDLE_MAX;
    if (has_room) {
        channel->next = pool->idle;
        pool->idle = channel;
        pool->idle_count++;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return has_room;
}

void cog_curl_pool_give(struct cog_curl_pool *pool, struct cog_curl_channel *channel, bool is_sound)
{
    const unsigned failure_count = cog_curl_memory_failure_count();
    if (!channel->is_prepared) {
        /* Before somebody else has it: what it was told is borrowed from the caller. */
        curl_easy_reset(channel->easy);
    }
    /* A reset without memory leaves it without the certificates to trust. */
    is_sound = is_sound && cog_curl_memory_failure_count() == failure_count;
    if (!is_sound || !keep(pool, channel)) {
        channel_destroy(channel);
    }
}
