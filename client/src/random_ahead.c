#include "random_ahead.h"

#include <openssl/crypto.h>
#include <string.h>

enum cog_code cog_random_ahead_init(struct cog_random_ahead *random, struct cog_random inner)
{
    *random = (struct cog_random_ahead){.inner = inner};
    return pthread_mutex_init(&random->mutex, NULL) == 0 ? COG_OK : COG_ERROR_INTERNAL;
}

void cog_random_ahead_finish(struct cog_random_ahead *random)
{
    OPENSSL_cleanse(random->bytes, sizeof random->bytes);
    (void)pthread_mutex_destroy(&random->mutex);
}

/* With the mutex. */
static enum cog_code take(struct cog_random_ahead *random, void *buffer, size_t length)
{
    if (random->left < length) {
        random->left = 0;
        enum cog_code code =
            random->inner.ops->fill(random->inner.context, random->bytes, sizeof random->bytes);
        if (code != COG_OK) {
            return code;
        }
        random->left = sizeof random->bytes;
    }
    random->left -= length;
    memcpy(buffer, random->bytes + random->left, length);
    OPENSSL_cleanse(random->bytes + random->left, length);
    return COG_OK;
}

static enum cog_code fill(void *context, void *buffer, size_t length)
{
    struct cog_random_ahead *random = context;
    if (length > sizeof random->bytes) {
        return random->inner.ops->fill(random->inner.context, buffer, length);
    }
    (void)pthread_mutex_lock(&random->mutex);
    const enum cog_code code = take(random, buffer, length);
    (void)pthread_mutex_unlock(&random->mutex);
    return code;
}

struct cog_random cog_random_ahead(struct cog_random_ahead *random)
{
    static const struct cog_random_ops ops = {.fill = fill};
    return (struct cog_random){.ops = &ops, .context = random};
}
