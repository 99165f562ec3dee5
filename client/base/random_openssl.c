#include <cogpromote/random.h>

#include <openssl/rand.h>

#include <limits.h>

static enum cog_code fill(void *context, void *buffer, size_t length)
{
    (void)context;
    if (length > INT_MAX || RAND_bytes(buffer, (int)length) != 1) {
        return COG_ERROR_INTERNAL;
    }
    return COG_OK;
}

struct cog_random cog_random_openssl(void)
{
    static const struct cog_random_ops ops = {.fill = fill};
    return (struct cog_random){.ops = &ops};
}
