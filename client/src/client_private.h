/** What a client is made of; for the files that compose its steps to runs. */
#ifndef CLIENT_PRIVATE_H
#define CLIENT_PRIVATE_H

#include "auth.h"
#include "random_ahead.h"
#include "record.h"
#include "retry.h"
#include "v1/v1.h"
#include "webhook_signature.h"

#include <cogpromote/client.h>

/**
 * The layers. The API's: retry -> auth -> record -> wire; the token's: retry -> record
 * -> wire; the webhook's: retry -> sign -> record -> wire.
 */
struct cog_client {
    const struct cog_config *config;
    struct cog_seams seams; /**< With `random_ahead` around their random source. */
    struct cog_random_ahead random_ahead;
    char *api_base;
    struct cog_record record;
    struct cog_retry_budget retry_budget; /**< Of all three. */
    struct cog_retry token_retry;
    struct cog_token_manager *tokens;
    struct cog_auth auth;
    struct cog_retry api_retry;
    struct cog_v1 v1;
    struct cog_webhook_signer signer;
    struct cog_retry webhook_retry;
};

#endif
