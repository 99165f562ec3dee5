/** One connection's TLS, beside what libmicrohttpd does with it. */
#ifndef MOCK_TLS_SESSION_H
#define MOCK_TLS_SESSION_H

#include "tls/tls.h"

#include <sys/types.h>

/** TLS 1.2 and later, as GnuTLS writes it. */
#define MOCK_TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

/**
 * Before the handshake: which certificate it shows, and that a client has to show one where that is
 * asked for.
 *
 * @param tls must outlive the session
 */
void mock_session_begin(const struct mock_tls *tls, gnutls_session_t session,
                        enum mock_certificate certificate);

/** Whether its client did not show a certificate that was asked for: it must not be heard. */
bool mock_session_is_strange(const struct mock_tls *tls, gnutls_session_t session);

/**
 * As send(2) on a socket that does not block. What was not sent has to be sent again unchanged.
 *
 * @return how many bytes; -1 with errno EAGAIN when the client does not read, EPIPE when it is gone
 */
ssize_t mock_session_send(gnutls_session_t session, const char *bytes, size_t length);

/** Says that nothing more comes: without it, the end of a connection looks like an attack. */
void mock_session_end(gnutls_session_t session);

#endif
