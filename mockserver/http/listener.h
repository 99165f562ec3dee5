/** The socket on which the fake listens. */
#ifndef MOCK_HTTP_LISTENER_H
#define MOCK_HTTP_LISTENER_H

#include <cogpromote/error.h>

#include <stdint.h>

struct mock_listener {
    int descriptor;
    uint16_t port; /**< The one asked for, or the system's choice. */
};

/**
 * Listens on 127.0.0.1.
 *
 * @param port 0 lets the system choose
 * @return COG_OK, COG_ERROR_CONFIGURATION (in use, or not permitted), COG_ERROR_INTERNAL
 */
enum cog_code mock_listener_open(uint16_t port, struct mock_listener *out_listener,
                                 struct cog_error *error) COG_CHECK;

#endif
