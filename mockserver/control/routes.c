#include "control/routes.h"

#include <string.h>

const struct mock_control_route *const mock_control_routes[] = {
    mock_control_clock_routes,
    mock_control_conduct_routes,
    mock_control_events_routes,
    mock_control_faults_routes,
    mock_control_health_routes,
    mock_control_hooks_routes,
    mock_control_injects_routes,
    mock_control_metrics_routes,
    mock_control_openapi_routes,
    mock_control_requests_routes,
    mock_control_state_routes,
    mock_control_stubs_routes,
    mock_control_tenants_routes,
    mock_control_tokens_routes,
    mock_control_verification_routes,
    mock_control_world_routes,
    NULL,
};

static bool starts_with(const char *text, const char *start)
{
    return *text == *start && strncmp(text, start, strlen(start)) == 0;
}

/* Takes one segment, which is not empty. @return where it ends; NULL when it is empty */
static const char *take_segment(const char *path, const char *end, const char **out_segment,
                                size_t *out_length)
{
    const char *slash = memchr(path, '/', (size_t)(end - path));
    const char *segment_end = slash == NULL ? end : slash;
    *out_segment = path;
    *out_length = (size_t)(segment_end - path);
    return segment_end == path ? NULL : segment_end;
}

/* Walks pattern and path together. */
static bool matches(const char *pattern, const char *path, size_t length,
                    struct mock_control_match *match)
{
    static const char tenant[] = "{tenant}";
    static const char id[] = "{id}";
    const char *end = path + length;
    while (*pattern != '\0' && path != NULL) {
        if (starts_with(pattern, tenant)) {
            path = take_segment(path, end, &match->tenant, &match->tenant_length);
            pattern += sizeof tenant - 1;
        } else if (starts_with(pattern, id)) {
            path = take_segment(path, end, &match->id, &match->id_length);
            pattern += sizeof id - 1;
        } else if (path < end && *path == *pattern) {
            path++;
            pattern++;
        } else {
            return false;
        }
    }
    return path == end;
}

struct mock_control_match mock_control_route_find(const char *method, const char *path,
                                                  size_t length)
{
    bool has_path = false;
    for (size_t i = 0; mock_control_routes[i] != NULL; i++) {
        const struct mock_control_route *route = mock_control_routes[i];
        for (; route->method != NULL; route++) {
            struct mock_control_match match = {0};
            if (!matches(route->pattern, path, length, &match)) {
                continue;
            }
            has_path = true;
            if (strcmp(route->method, method) == 0) {
                match.route = route;
                match.has_path = true;
                return match;
            }
        }
    }
    return (struct mock_control_match){.has_path = has_path};
}

void mock_control_route_methods(const char *path, size_t length, struct cog_text *text)
{
    for (size_t i = 0; mock_control_routes[i] != NULL; i++) {
        const struct mock_control_route *route = mock_control_routes[i];
        for (; route->method != NULL; route++) {
            struct mock_control_match match = {0};
            if (matches(route->pattern, path, length, &match)) {
                cog_text_append_format(text, "%s%s", text->length > 0 ? ", " : "", route->method);
            }
        }
    }
}
