/** What the adapter sees of `struct mock_tls`. */
#ifndef MOCK_TLS_TLS_H
#define MOCK_TLS_TLS_H

#include "tls/identity.h"

#include <cogmock/tls.h>

#include <gnutls/gnutls.h>

struct mock_tls {
    char *authority_pem;
    char *client_identity_pem; /**< NULL for none. */
    struct mock_identity identities[MOCK_CERTIFICATE_COUNT];
    gnutls_certificate_credentials_t credentials[MOCK_CERTIFICATE_COUNT];
    bool asks_clients; /**< They have to show a certificate. */
};

#endif
