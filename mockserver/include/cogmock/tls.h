/** What the fake needs to speak TLS: certificates made on the spot, or its owner's. */
#ifndef COGMOCK_TLS_H
#define COGMOCK_TLS_H

#include <cogpromote/error.h>
#include <cogpromote/random.h>

#include <stdbool.h>
#include <stdint.h>

/** Which of its certificates the fake shows. All but the first are wrong, each in one way. */
enum mock_certificate {
    MOCK_CERTIFICATE_GOOD,
    MOCK_CERTIFICATE_UNTRUSTED,  /**< From an authority that nobody knows. */
    MOCK_CERTIFICATE_EXPIRED,    /**< Valid until yesterday. */
    MOCK_CERTIFICATE_WRONG_HOST, /**< For a host of another name. */
};
enum { MOCK_CERTIFICATE_COUNT = MOCK_CERTIFICATE_WRONG_HOST + 1 };

struct mock_tls;

/** Texts are borrowed for the call. */
struct mock_tls_options {
    int64_t now_unix_ms;      /**< By the real clock: clients check certificates by theirs. */
    struct cog_random random; /**< For serial numbers. */
    const char *const *names; /**< Hosts and addresses of the fake; ends with NULL. */

    /** In place of the good certificate: PEM, its chain behind it, and the key. NULL: none. */
    const char *certificate_pem;
    const char *key_pem;

    /** Clients must show a certificate from one of these authorities: PEM. NULL: none. */
    const char *client_authorities_pem;
    /** Makes one for clients; they must show it, or one of `client_authorities_pem`. */
    bool makes_client_certificate;
};

/**
 * @return COG_OK, COG_ERROR_SYNTAX (a PEM text cannot be used), COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL (a cryptographic library refused)
 */
enum cog_code mock_tls_create(const struct mock_tls_options *options, struct mock_tls **out_tls,
                              struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void mock_tls_destroy(struct mock_tls *tls);

/**
 * The certificate of the private authority, as PEM: for clients to trust. It signs all of the
 * certificates but an own and an untrusted one.
 */
const char *mock_tls_authority(const struct mock_tls *tls);

/** Certificate and key for clients, as PEM; NULL when there are none. Holds a secret. */
const char *mock_tls_client_identity(const struct mock_tls *tls);

#endif
