#include "http/connection.h"

#include "tls/session.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

int mock_connection_descriptor(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        connection == NULL ? NULL
                           : MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

gnutls_session_t mock_connection_session(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        connection == NULL
            ? NULL
            : MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info == NULL ? NULL : info->tls_session;
}

ssize_t mock_connection_send(struct MHD_Connection *connection, const char *bytes, size_t length)
{
    const int descriptor = mock_connection_descriptor(connection);
    gnutls_session_t session = mock_connection_session(connection);
    /* A piece is to be seen when it is sent, and not when the client confirms the one before. */
    const int yes = 1;
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return session != NULL ? mock_session_send(session, bytes, length)
                           : send(descriptor, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
}
