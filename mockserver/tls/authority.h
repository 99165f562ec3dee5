/** A private certificate authority that lives as long as the fake: nobody else has its key. */
#ifndef MOCK_TLS_AUTHORITY_H
#define MOCK_TLS_AUTHORITY_H

#include "tls/identity.h"

#include <cogpromote/random.h>

#include <stdbool.h>
#include <stdint.h>

struct mock_authority;

/** From the first to the last moment at which a certificate is valid. */
struct mock_validity {
    int64_t from_unix_ms;
    int64_t until_unix_ms;
};

/** What a certificate is to say. Everything is borrowed for the call. */
struct mock_certificate_order {
    const char *subject;      /**< Its common name, for people. */
    const char *const *names; /**< Host names and addresses; ends with NULL; at least one. */
    struct mock_validity validity;
    bool is_for_client; /**< For clients alone; otherwise for servers alone. */
};

/**
 * Makes its key and its own certificate (EC P-256, SHA-256).
 *
 * @param random for serial numbers; keys are OpenSSL's own matter
 * @param name its common name
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (the cryptographic library refused)
 */
enum cog_code mock_authority_create(const char *name, struct mock_validity validity,
                                    struct cog_random random, struct mock_authority **out_authority,
                                    struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void mock_authority_destroy(struct mock_authority *authority);

/** Its own certificate as PEM: what others have to trust. */
const char *mock_authority_certificate(const struct mock_authority *authority);

/**
 * Makes a key, and a certificate of it that is signed by the authority.
 *
 * @param out_identity owned by the caller
 * @return as above
 */
enum cog_code mock_authority_issue(const struct mock_authority *authority,
                                   const struct mock_certificate_order *order,
                                   struct mock_identity *out_identity,
                                   struct cog_error *error) COG_CHECK;

#endif
