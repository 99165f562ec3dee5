/** What lies below one of libmicrohttpd's connections. */
#ifndef MOCK_HTTP_CONNECTION_H
#define MOCK_HTTP_CONNECTION_H

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <sys/types.h>

/** Its socket. @param connection NULL gives -1 */
int mock_connection_descriptor(struct MHD_Connection *connection);

/** @param connection may be NULL @return borrowed; NULL for a connection in clear */
gnutls_session_t mock_connection_session(struct MHD_Connection *connection);

/**
 * Sends bytes past libmicrohttpd, without waiting; within TLS where there is one. What was not sent
 * has to be sent again unchanged.
 *
 * @return how many; -1 with errno as send(2) has it
 */
ssize_t mock_connection_send(struct MHD_Connection *connection, const char *bytes, size_t length);

#endif
