/** An identity as GnuTLS has it, for handshakes; with whose certificates clients may show. */
#ifndef MOCK_TLS_CREDENTIALS_H
#define MOCK_TLS_CREDENTIALS_H

#include "tls/identity.h"

#include <gnutls/gnutls.h>
#include <stdbool.h>

/**
 * @param client_authorities_pem clients must have a certificate of one of these; NULL: they are not
 * asked for one
 * @param out_credentials owned by the caller; must outlive the sessions that use it
 * @return COG_OK, COG_ERROR_SYNTAX (GnuTLS does not take it), COG_ERROR_MEMORY
 */
enum cog_code mock_credentials_create(const struct mock_identity *identity,
                                      const char *client_authorities_pem,
                                      gnutls_certificate_credentials_t *out_credentials,
                                      struct cog_error *error) COG_CHECK;

/** Whether the client of a session has shown a certificate of one of its authorities. */
bool mock_credentials_accept(gnutls_session_t session);

/** NULL does nothing. */
void mock_credentials_destroy(gnutls_certificate_credentials_t credentials);

#endif
