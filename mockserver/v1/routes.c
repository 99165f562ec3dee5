#include "v1/routes.h"

#include "v1/answer.h"

#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"

static const char placeholder[] = "{id}";

static const struct mock_route routes[] = {
    {
        .call = MOCK_CALL_TOKEN,
        .method = "POST",
        .pattern = MOCK_API_BASE "/oauth/token",
        .access = MOCK_ACCESS_CLIENT,
        .type = FORM_TYPE,
        .handle = mock_v1_token,
    },
    {
        .call = MOCK_CALL_INTROSPECT,
        .method = "POST",
        .pattern = MOCK_API_BASE "/oauth/introspect",
        .access = MOCK_ACCESS_CLIENT,
        .type = FORM_TYPE,
        .is_decided = true,
        .handle = mock_v1_introspect,
    },
    {
        .call = MOCK_CALL_HEALTH,
        .method = "GET",
        .pattern = MOCK_API_BASE "/health",
        .access = MOCK_ACCESS_BEARER,
        .handle = mock_v1_health,
    },
    {
        .call = MOCK_CALL_SESSIONS,
        .method = "GET",
        .pattern = MOCK_API_BASE "/environments/{id}/sessions",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_ENVIRONMENT_WRITE,
        .handle = mock_v1_sessions,
    },
    {
        .call = MOCK_CALL_SIMULATE,
        .method = "POST",
        .pattern = MOCK_API_BASE "/conversations/simulate",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_CONVERSATION_SIMULATE,
        .type = MOCK_TYPE_JSON,
        .handle = mock_v1_simulate,
    },
    {
        .call = MOCK_CALL_PROMOTE,
        .method = "POST",
        .pattern = MOCK_API_BASE "/deployments/promote",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_DEPLOYMENT_EXECUTE | MOCK_SCOPE_BOT_DEPLOY,
        .type = MOCK_TYPE_JSON,
        .is_keyed = true,
        .handle = mock_v1_promote,
    },
    {
        .call = MOCK_CALL_STATUS,
        .method = "GET",
        .pattern = MOCK_API_BASE "/deployments/{id}/status",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_DEPLOYMENT_EXECUTE,
        .handle = mock_v1_status,
    },
    {
        .call = MOCK_CALL_ROLLBACK,
        .method = "POST",
        .pattern = MOCK_API_BASE "/deployments/{id}/rollback",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_DEPLOYMENT_EXECUTE,
        .is_keyed = true,
        .handle = mock_v1_rollback,
    },
    {
        .call = MOCK_CALL_CANCEL,
        .method = "POST",
        .pattern = MOCK_API_BASE "/deployments/{id}/cancel",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_DEPLOYMENT_EXECUTE,
        .is_decided = true,
        .handle = mock_v1_cancel,
    },
    {
        .call = MOCK_CALL_DEPLOYMENTS,
        .method = "GET",
        .pattern = MOCK_API_BASE "/deployments",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_DEPLOYMENT_EXECUTE,
        .is_decided = true,
        .handle = mock_v1_deployments,
    },
    {
        .call = MOCK_CALL_ENVIRONMENT,
        .method = "GET",
        .pattern = MOCK_API_BASE "/environments/{id}",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_ENVIRONMENT_WRITE,
        .is_decided = true,
        .handle = mock_v1_environment,
    },
    {
        .call = MOCK_CALL_METRICS,
        .method = "GET",
        .pattern = MOCK_API_BASE "/environments/{id}/metrics",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_ENVIRONMENT_WRITE,
        .is_decided = true, /* The path is fixed, but nobody knows what it answers. */
        .handle = mock_v1_metrics,
    },
    {
        .call = MOCK_CALL_VERSIONS,
        .method = "GET",
        .pattern = MOCK_API_BASE "/bots/{id}/versions",
        .access = MOCK_ACCESS_BEARER,
        .scopes = MOCK_SCOPE_BOT_DEPLOY,
        .is_decided = true, /* As above. */
        .handle = mock_v1_versions,
    },
    {
        .call = MOCK_CALL_WEBHOOK,
        .method = "POST",
        .pattern = MOCK_HOOKS_BASE "/{id}",
        .access = MOCK_ACCESS_OPEN,
        .handle = mock_v1_webhook,
    },
};

/* Walks pattern and path together; the placeholder takes one segment, which is not empty. */
static bool pattern_matches(const char *pattern, const char *path, size_t path_length,
                            struct mock_route_match *match)
{
    const char *end = path + path_length;
    match->id = NULL;
    while (*pattern != '\0') {
        if (*pattern == '{' && strncmp(pattern, placeholder, sizeof placeholder - 1) == 0) {
            const char *slash = memchr(path, '/', (size_t)(end - path));
            match->id = path;
            match->id_length = (size_t)((slash == NULL ? end : slash) - path);
            if (match->id_length == 0) {
                return false;
            }
            path += match->id_length;
            pattern += sizeof placeholder - 1;
        } else if (path < end && *path == *pattern) {
            path++;
            pattern++;
        } else {
            return false;
        }
    }
    return path == end;
}

struct mock_route_match mock_route_find(const char *method, const char *target)
{
    static const size_t base_length = sizeof MOCK_API_BASE "/" - 1;
    const size_t path_length = strcspn(target, "?");
    const bool has_base = strncmp(target, MOCK_API_BASE "/", base_length) == 0;
    struct mock_route_match match = {0};
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        /* All but one begin with the base: what differs is behind it. */
        const bool may_match = has_base && routes[i].access != MOCK_ACCESS_OPEN
                                   ? routes[i].pattern[base_length] == target[base_length]
                                   : true;
        if (!may_match || !pattern_matches(routes[i].pattern, target, path_length, &match)) {
            continue;
        }
        if (strcmp(routes[i].method, method) == 0) {
            match.route = &routes[i];
        } else {
            match.other = &routes[i];
        }
        return match;
    }
    return (struct mock_route_match){0};
}
