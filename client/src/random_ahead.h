/** Random bytes that are drawn ahead: a source around a source. */
#ifndef RANDOM_AHEAD_H
#define RANDOM_AHEAD_H

#include <cogpromote/random.h>

#include <pthread.h>

enum { COG_RANDOM_AHEAD_SIZE = 512 };

/**
 * Ids are short and many, and a good generator takes hardly longer for 512 bytes than for 16. A
 * byte is wiped when it is given away. Thread-safe; not to be copied, nor used on both sides of a
 * fork().
 */
struct cog_random_ahead {
    struct cog_random inner;
    pthread_mutex_t mutex;
    unsigned char bytes[COG_RANDOM_AHEAD_SIZE];
    size_t left; /**< At the front. */
};

/** @return COG_OK or COG_ERROR_INTERNAL (no mutex) */
enum cog_code cog_random_ahead_init(struct cog_random_ahead *random,
                                    struct cog_random inner) COG_CHECK;
void cog_random_ahead_finish(struct cog_random_ahead *random);
struct cog_random cog_random_ahead(struct cog_random_ahead *random);

#endif
