#include "tls/session.h"

#include "tls/credentials.h"

#include <errno.h>

void mock_session_begin(const struct mock_tls *tls, gnutls_session_t session,
                        enum mock_certificate certificate)
{
    (void)gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, tls->credentials[certificate]);
    /* Asked for, and then required by our own check: GnuTLS's would say nothing to the client. */
    gnutls_certificate_server_set_request(session, tls->asks_clients ? GNUTLS_CERT_REQUEST
                                                                     : GNUTLS_CERT_IGNORE);
}

bool mock_session_is_strange(const struct mock_tls *tls, gnutls_session_t session)
{
    return tls->asks_clients && !mock_credentials_accept(session);
}

ssize_t mock_session_send(gnutls_session_t session, const char *bytes, size_t length)
{
    size_t total = 0;
    ssize_t sent = 0;
    /* One record at a time. */
    while (total < length) {
        sent = gnutls_record_send(session, bytes + total, length - total);
        if (sent < 0) {
            break;
        }
        total += (size_t)sent;
    }
    if (total > 0 || sent >= 0) {
        return (ssize_t)total;
    }
    errno = sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED ? EAGAIN : EPIPE;
    return -1;
}

void mock_session_end(gnutls_session_t session)
{
    (void)gnutls_bye(session, GNUTLS_SHUT_WR);
}
