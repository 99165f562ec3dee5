/** The journal as an HTTP archive (HAR 1.2), for tools that read one. No secret is in it. */
#ifndef MOCK_CONTROL_HAR_H
#define MOCK_CONTROL_HAR_H

#include "control/filter.h"

struct mock_har_options {
    const char *version; /**< Of the program that writes it. */
    const char *prefix;  /**< In front of the paths: "/t/acme". */
};

/** Fills the empty `body` with the archive of those exchanges that the filter takes. */
void mock_har_write(struct mock_server *server, const struct mock_filter *filter,
                    const struct mock_har_options *options, struct mock_body *body);

#endif
