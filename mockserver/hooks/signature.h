/**
 * Signatures of webhooks as the Standard Webhooks specification has them: the receiver's own
 * implementation, which shares nothing with the sender's.
 */
#ifndef MOCK_HOOKS_SIGNATURE_H
#define MOCK_HOOKS_SIGNATURE_H

#include <cogpromote/error.h>

#include <stddef.h>
#include <stdint.h>

/** How far sender's and receiver's clocks may differ. */
enum { MOCK_SIGNATURE_TOLERANCE_S = 300 };

enum mock_signature {
    MOCK_SIGNATURE_UNCHECKED, /**< The receiver has no secret. */
    MOCK_SIGNATURE_ABSENT,    /**< One of the three headers is missing. */
    MOCK_SIGNATURE_VALID,
    MOCK_SIGNATURE_INVALID,
    MOCK_SIGNATURE_TOO_OLD, /**< Right, but its timestamp is long past. */
    MOCK_SIGNATURE_TOO_NEW, /**< Right, but its timestamp is far ahead. */
};

/** "unchecked", "absent", "valid", … */
const char *mock_signature_name(enum mock_signature signature);

/** A delivery, as far as it is signed. Everything is borrowed; a header that was not sent is NULL.
 */
struct mock_signed_delivery {
    const char *id;
    const char *timestamp; /**< Whole seconds since 1970. */
    const char *signature; /**< "v1,<base64> v1,<base64>": one of them must be right. */
    const char *body;
    size_t body_length;
};

/** Whether that can be a secret: "whsec_" and base64 of 24 to 64 bytes. */
bool mock_signature_secret_is_valid(const char *secret) COG_CHECK;

/**
 * @param secret a valid one; "" for none
 * @param unix_ms the receiver's wall clock
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (the cryptographic library refused)
 */
enum cog_code mock_signature_check(const char *secret, const struct mock_signed_delivery *delivery,
                                   int64_t unix_ms, enum mock_signature *out_signature) COG_CHECK;

#endif
