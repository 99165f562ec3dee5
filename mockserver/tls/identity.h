/** Who one end of a TLS connection says it is: a certificate and the key to it, as PEM. */
#ifndef MOCK_TLS_IDENTITY_H
#define MOCK_TLS_IDENTITY_H

#include <cogpromote/error.h>

enum { MOCK_PEM_LENGTH_MAX = 1 << 20 };

/** `{0}` is empty and safe to finish. */
struct mock_identity {
    char *certificate_pem; /**< Its own certificate first. Owned. */
    char *key_pem;         /**< Without a pass phrase. Owned; never to be shown. */
};

/** Releases both, and wipes the key from memory. */
void mock_identity_finish(struct mock_identity *identity);

/**
 * Whether it can be used: both can be read, the key is in clear, and they fit each other.
 *
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code mock_identity_check(const struct mock_identity *identity,
                                  struct cog_error *error) COG_CHECK;

/** Whether a text holds at least one certificate, and nothing but whole ones. @return as above */
enum cog_code mock_certificates_check(const char *pem, struct cog_error *error) COG_CHECK;

/** For COG_CLEANUP on a `char *` that holds a key: wipes it from memory and releases it. */
void mock_key_finish(char **key_pem);

#endif
