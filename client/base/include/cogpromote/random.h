/** The random seam: jitter, identifiers, idempotency keys. */
#ifndef COGPROMOTE_RANDOM_H
#define COGPROMOTE_RANDOM_H

#include <cogpromote/error.h>

#include <stddef.h>
#include <stdint.h>

struct cog_random_ops {
    /** Fills all of `buffer`. @return COG_OK or COG_ERROR_INTERNAL (no entropy) */
    enum cog_code (*fill)(void *context, void *buffer, size_t length);
};

/** A borrowed reference to some source of random bytes: pass it by value, never release it. */
struct cog_random {
    const struct cog_random_ops *ops;
    void *context;
};

/** OpenSSL's generator. Thread-safe. */
COG_API struct cog_random cog_random_openssl(void);

/** A reproducible stream (SplitMix64): one seed gives one sequence on every machine. */
struct cog_random_seeded {
    uint64_t state;
};
COG_API void cog_random_seeded_init(struct cog_random_seeded *random, uint64_t seed);
COG_API struct cog_random cog_random_seeded(struct cog_random_seeded *random);

/**
 * A number drawn evenly from 0 to `limit`, both included.
 *
 * @param limit 0 or more
 * @return COG_OK, COG_ERROR_ARGUMENT, COG_ERROR_INTERNAL
 */
COG_API enum cog_code cog_random_up_to(struct cog_random random, int64_t limit,
                                       int64_t *out_number) COG_CHECK;

enum { COG_UUID_SIZE = 37 };

/** A version 4 UUID (RFC 9562) in lower case. @return COG_OK or COG_ERROR_INTERNAL */
COG_API enum cog_code cog_random_uuid(struct cog_random random,
                                      char out_uuid[COG_UUID_SIZE]) COG_CHECK;

#endif
