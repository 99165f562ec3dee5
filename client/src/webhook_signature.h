/** Signs webhook deliveries as the Standard Webhooks specification says. */
#ifndef WEBHOOK_SIGNATURE_H
#define WEBHOOK_SIGNATURE_H

#include <cogpromote/clock.h>
#include <cogpromote/transport.h>

enum { COG_WEBHOOK_SIGNATURE_SIZE = 72 };

/** Whether `secret` has the form "whsec_" and base64 of 1 to 64 bytes. */
bool cog_webhook_secret_is_valid(const char *secret);

/** The content of a message that is signed. */
struct cog_webhook_message {
    const char *id;
    const char *timestamp; /**< Seconds since 1970. */
    const char *body;
    size_t body_length;
};

/**
 * "v1," and the base64 of HMAC-SHA256 over "id.timestamp.body".
 *
 * @return COG_OK, COG_ERROR_CONFIGURATION (the secret), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_webhook_sign(const char *secret, const struct cog_webhook_message *message,
                               char out_signature[COG_WEBHOOK_SIGNATURE_SIZE],
                               struct cog_error *error) COG_CHECK;

/**
 * Adds `webhook-timestamp` and `webhook-signature` to each attempt: a transport around a
 * transport. Below the retry layer, because the time is the attempt's.
 */
struct cog_webhook_signer {
    struct cog_transport inner;
    struct cog_clock clock;
    const char *secret; /**< NULL: the time is added, and no signature. */
};

struct cog_transport cog_webhook_signer_transport(struct cog_webhook_signer *signer);

#endif
