/** The socket on which the fake listens. */
#ifndef MOCK_HTTP_LISTENER_H
#define MOCK_HTTP_LISTENER_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stdint.h>

#define MOCK_LISTENER_LOOPBACK "127.0.0.1"

struct mock_listener {
    int descriptor;      /**< -1 while it is closed. */
    const char *address; /**< A numeric one, IPv4 or IPv6. Borrowed. */
    uint16_t port;       /**< The one asked for, then the one that it is. */
};

/**
 * Listens at its address.
 *
 * @param listener closed; with port 0 the system chooses, once for all times
 * @return COG_OK, COG_ERROR_CONFIGURATION (no such address here, port in use, or not permitted),
 *         COG_ERROR_INTERNAL
 */
enum cog_code mock_listener_open(struct mock_listener *listener, struct cog_error *error) COG_CHECK;

void mock_listener_close(struct mock_listener *listener);

/** Whether only this machine can connect to the address. */
bool mock_listener_is_loopback(const char *address);

/** Whether it stands for all addresses of this machine. */
bool mock_listener_is_any(const char *address);

#endif
