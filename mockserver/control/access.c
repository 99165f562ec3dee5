#include "control/access.h"

#include "v1/visit.h"

#include <cogbase/digest.h>
#include <cogbase/text.h>

#include <string.h>

enum { HOST_SIZE = 256 };

/* Whether `host` is `name`, with any port or none behind it; an IPv6 address is in brackets. */
static bool is_host(const char *host, const char *name)
{
    char copy[HOST_SIZE];
    const bool is_bracketed = *host == '[';
    const char *start = is_bracketed ? host + 1 : host;
    const size_t length = strcspn(start, is_bracketed ? "]" : ":");
    if (length >= sizeof copy || (is_bracketed && start[length] == '\0')) {
        return false;
    }
    memcpy(copy, start, length);
    copy[length] = '\0';
    return cog_string_equals_ignoring_case(copy, name);
}

/* A server that listens everywhere has names that it does not know; then the token keeps guard. */
static bool has_any_name(const struct mock_control *control)
{
    const char *host = control->host;
    return control->token != NULL &&
           (host == NULL || strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0);
}

static bool is_own_host(const struct mock_control *control, const char *host)
{
    static const char *const loopback[] = {"localhost", "127.0.0.1", "::1", NULL};
    for (size_t i = 0; loopback[i] != NULL; i++) {
        if (is_host(host, loopback[i])) {
            return true;
        }
    }
    return has_any_name(control) || (control->host != NULL && is_host(host, control->host));
}

/* Whether a page with that origin came from here: scheme, and then the same host and port. */
static bool is_own_origin(const char *origin, const char *host)
{
    static const char *const schemes[] = {"http://", "https://", NULL};
    for (size_t i = 0; host != NULL && schemes[i] != NULL; i++) {
        const size_t length = strlen(schemes[i]);
        if (strncmp(origin, schemes[i], length) == 0 &&
            cog_string_equals_ignoring_case(origin + length, host)) {
            return true;
        }
    }
    return false;
}

static enum cog_code forbid(struct mock_plan *plan, const char *header, const char *advice)
{
    const struct mock_problem problem = {.status = MOCK_STATUS_FORBIDDEN, .name = "forbidden"};
    return mock_answer_problem(plan, &problem, "the header '%s' %s", header, advice);
}

static enum cog_code refuse_token(struct mock_plan *plan)
{
    const struct mock_problem problem = {.status = MOCK_STATUS_UNAUTHORIZED, .name = "token"};
    enum cog_code code =
        mock_answer_problem(plan, &problem,
                            "the control plane wants its token: send Authorization: Bearer <the "
                            "token that was printed at the start, or is in the token's file>");
    return code == COG_OK ? mock_plan_header_append(plan, "WWW-Authenticate",
                                                    "Bearer realm=\"cogmock control plane\"")
                          : code;
}

/* Of digests, so that the time tells nothing of where texts differ, nor of their lengths. */
static enum cog_code compare(const char *left, const char *right, bool *out_are_equal)
{
    char left_digest[COG_DIGEST_SIZE];
    char right_digest[COG_DIGEST_SIZE];
    unsigned difference = 0;
    enum cog_code code = cog_digest_sha256(left, strlen(left), left_digest);
    if (code == COG_OK) {
        code = cog_digest_sha256(right, strlen(right), right_digest);
    }
    for (size_t i = 0; code == COG_OK && i < COG_DIGEST_SIZE - 1; i++) {
        difference |= (unsigned char)left_digest[i] ^ (unsigned char)right_digest[i];
    }
    *out_are_equal = code == COG_OK && difference == 0;
    return code;
}

static enum cog_code compare_token(const struct mock_control *control, const char *value,
                                   bool *out_is_right)
{
    static const char scheme[] = "bearer ";
    char start[sizeof scheme];
    bool is_right = false;
    if (strlen(value) > sizeof scheme - 1) {
        memcpy(start, value, sizeof scheme - 1);
        start[sizeof scheme - 1] = '\0';
        enum cog_code code = compare(value + sizeof scheme - 1, control->token, &is_right);
        if (code != COG_OK) {
            return code;
        }
        is_right = is_right && cog_string_equals_ignoring_case(start, scheme);
    }
    *out_is_right = is_right;
    return COG_OK;
}

static enum cog_code judge(const struct mock_control *control, const struct mock_request *request,
                           enum mock_control_access *out_access)
{
    const char *value = mock_request_header(request, "Authorization");
    bool is_right = control->token == NULL;
    if (!is_right && value == NULL) {
        *out_access =
            control->has_observers ? MOCK_CONTROL_ACCESS_OBSERVER : MOCK_CONTROL_ACCESS_NONE;
        return COG_OK;
    }
    enum cog_code code = is_right ? COG_OK : compare_token(control, value, &is_right);
    if (code == COG_OK) {
        *out_access = is_right ? MOCK_CONTROL_ACCESS_ALL : MOCK_CONTROL_ACCESS_NONE;
    }
    return code;
}

static bool may_pass(const struct mock_control_route *route, enum mock_control_access access)
{
    switch (access) {
    case MOCK_CONTROL_ACCESS_ALL:
        return true;
    case MOCK_CONTROL_ACCESS_OBSERVER:
        return route != NULL && (route->is_open || route->is_for_observers);
    case MOCK_CONTROL_ACCESS_NONE:
        break;
    }
    return route != NULL && route->is_open;
}

enum cog_code mock_control_check_access(const struct mock_control *control,
                                        const struct mock_request *request,
                                        const struct mock_control_route *route,
                                        struct mock_plan *plan,
                                        enum mock_control_access *out_access)
{
    const char *host = mock_request_header(request, "Host");
    const char *origin = mock_request_header(request, "Origin");
    if (host != NULL && !is_own_host(control, host)) {
        return forbid(plan, "Host", "names neither the loopback nor the address that is served");
    }
    if (origin != NULL && !is_own_origin(origin, host)) {
        return forbid(plan, "Origin", "is that of another site: only the console's page may call");
    }
    enum cog_code code = judge(control, request, out_access);
    return code == COG_OK && !may_pass(route, *out_access) ? refuse_token(plan) : code;
}
