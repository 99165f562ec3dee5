/** Which handler a path of the control plane leads to. */
#ifndef MOCK_CONTROL_ROUTES_H
#define MOCK_CONTROL_ROUTES_H

#include "control/call.h"

#include <cogbase/text.h>

/** Segments of a path that patterns have names for; each is NULL when the pattern has none. */
struct mock_control_match {
    const struct mock_control_route *route; /**< NULL when path or method are unknown. */
    bool has_path;                          /**< Some other method would do. */
    const char *tenant;                     /**< Still encoded. */
    size_t tenant_length;
    const char *id;
    size_t id_length;
};

/** @param path behind "/__mock/v1" and before the query, `length` bytes */
struct mock_control_match mock_control_route_find(const char *method, const char *path,
                                                  size_t length);

/** The methods that a path takes, for `Allow`: "GET, PUT". */
void mock_control_route_methods(const char *path, size_t length, struct cog_text *text);

#endif
