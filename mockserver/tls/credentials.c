#include "tls/credentials.h"

#include <gnutls/x509.h>
#include <string.h>

static gnutls_datum_t datum(const char *text)
{
    return (gnutls_datum_t){(unsigned char *)text, (unsigned)strlen(text)};
}

static gnutls_alert_description_t alert_of(gnutls_session_t session, int result, unsigned status)
{
    if (result == GNUTLS_E_NO_CERTIFICATE_FOUND) {
        /* Before 1.3 there is no word for it. */
        return gnutls_protocol_get_version(session) == GNUTLS_TLS1_3 ? GNUTLS_A_CERTIFICATE_REQUIRED
                                                                     : GNUTLS_A_HANDSHAKE_FAILURE;
    }
    if ((status & GNUTLS_CERT_EXPIRED) != 0) {
        return GNUTLS_A_CERTIFICATE_EXPIRED;
    }
    return (status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0 ? GNUTLS_A_UNKNOWN_CA
                                                        : GNUTLS_A_BAD_CERTIFICATE;
}

/* @param out_status what is wrong with the client's certificate, where GnuTLS's result is good */
static int verify_peer(gnutls_session_t session, unsigned *out_status)
{
    static const char purpose[] = GNUTLS_KP_TLS_WWW_CLIENT;
    gnutls_typed_vdata_st wanted = {
        .type = GNUTLS_DT_KEY_PURPOSE_OID,
        .data = (unsigned char *)purpose,
        .size = sizeof purpose - 1,
    };
    return gnutls_certificate_verify_peers(session, &wanted, 1, out_status);
}

/*
 * In the handshake. libmicrohttpd sends no alert when one fails, and a client without an alert
 * could not tell what is wrong with it.
 *
 * By TLS 1.3 the client has done with the handshake by then, and sends its request: to close now
 * would reset the connection, and take the alert away from it. So it may send, and is not heard.
 */
static int verify_client(gnutls_session_t session)
{
    unsigned status = 0;
    const int result = verify_peer(session, &status);
    if (result >= 0 && status == 0) {
        return 0;
    }
    (void)gnutls_alert_send(session, GNUTLS_AL_FATAL, alert_of(session, result, status));
    return gnutls_protocol_get_version(session) == GNUTLS_TLS1_3 ? 0 : GNUTLS_E_CERTIFICATE_ERROR;
}

bool mock_credentials_accept(gnutls_session_t session)
{
    unsigned status = 0;
    return verify_peer(session, &status) >= 0 && status == 0;
}

static enum cog_code refuse(int result, struct cog_error *error)
{
    if (result == GNUTLS_E_MEMORY_ERROR) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    return cog_error_set(error, COG_ERROR_SYNTAX, "GnuTLS does not take it: %s",
                         gnutls_strerror(result));
}

enum cog_code mock_credentials_create(const struct mock_identity *identity,
                                      const char *client_authorities_pem,
                                      gnutls_certificate_credentials_t *out_credentials,
                                      struct cog_error *error)
{
    const gnutls_datum_t certificate = datum(identity->certificate_pem);
    const gnutls_datum_t key = datum(identity->key_pem);
    gnutls_certificate_credentials_t credentials = NULL;
    int result = gnutls_certificate_allocate_credentials(&credentials);
    if (result >= 0) {
        result = gnutls_certificate_set_x509_key_mem(credentials, &certificate, &key,
                                                     GNUTLS_X509_FMT_PEM);
    }
    if (result >= 0 && client_authorities_pem != NULL) {
        const gnutls_datum_t authorities = datum(client_authorities_pem);
        result =
            gnutls_certificate_set_x509_trust_mem(credentials, &authorities, GNUTLS_X509_FMT_PEM);
        gnutls_certificate_set_verify_function(credentials, verify_client);
    }
    if (result < 0) {
        mock_credentials_destroy(credentials);
        return refuse(result, error);
    }
    *out_credentials = credentials;
    return COG_OK;
}

void mock_credentials_destroy(gnutls_certificate_credentials_t credentials)
{
    if (credentials != NULL) {
        gnutls_certificate_free_credentials(credentials);
    }
}
