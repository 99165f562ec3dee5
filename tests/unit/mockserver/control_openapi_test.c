/* The document of the control plane's calls is that of its routes. */
#include "control/openapi.h"
#include "control/routes.h"

#include "support/expect.h"

#include <cogbase/text.h>

#include <ctype.h>
#include <stdio.h>

TestSuite(openapi, .timeout = 10);

static void lower(char *text)
{
    for (; *text != '\0'; text++) {
        *text = (char)tolower((unsigned char)*text);
    }
}

static cJSON *parse(void)
{
    cJSON *document = cJSON_Parse((const char *)mock_control_openapi);
    cr_assert_not_null(document);
    return document;
}

Test(openapi, every_route_is_documented)
{
    cJSON *document = parse();
    const cJSON *paths = cJSON_GetObjectItemCaseSensitive(document, "paths");
    for (size_t i = 0; mock_control_routes[i] != NULL; i++) {
        const struct mock_control_route *route = mock_control_routes[i];
        for (; route->method != NULL; route++) {
            char method[16];
            (void)snprintf(method, sizeof method, "%s", route->method);
            lower(method);
            const cJSON *path = cJSON_GetObjectItemCaseSensitive(paths, route->pattern);
            const cJSON *operation = cJSON_GetObjectItemCaseSensitive(path, method);
            cr_expect_not_null(operation, "%s %s", route->method, route->pattern);
            cr_expect_eq(cJSON_HasObjectItem(operation, "requestBody"), route->takes_body,
                         "%s %s: requestBody", route->method, route->pattern);
        }
    }
    cJSON_Delete(document);
}

/* Without its own word a call needs the token; an empty list: nobody does; two choices: with the
 * token, or as an observer. */
static int documented_choices(const cJSON *operation)
{
    const cJSON *security = cJSON_GetObjectItemCaseSensitive(operation, "security");
    return security == NULL ? 1 : cJSON_GetArraySize(security);
}

Test(openapi, who_needs_no_token_is_documented)
{
    cJSON *document = parse();
    const cJSON *paths = cJSON_GetObjectItemCaseSensitive(document, "paths");
    for (size_t i = 0; mock_control_routes[i] != NULL; i++) {
        const struct mock_control_route *route = mock_control_routes[i];
        for (; route->method != NULL; route++) {
            char method[16];
            (void)snprintf(method, sizeof method, "%s", route->method);
            lower(method);
            const cJSON *operation = cJSON_GetObjectItemCaseSensitive(
                cJSON_GetObjectItemCaseSensitive(paths, route->pattern), method);
            const int choices = route->is_open ? 0 : 1 + route->is_for_observers;
            cr_expect_eq(documented_choices(operation), choices, "%s %s: security", route->method,
                         route->pattern);
            cr_expect_eq(cJSON_HasObjectItem(operation, "x-observers"), route->is_for_observers,
                         "%s %s: x-observers", route->method, route->pattern);
        }
    }
    cJSON_Delete(document);
}

Test(openapi, observers_only_look)
{
    for (size_t i = 0; mock_control_routes[i] != NULL; i++) {
        const struct mock_control_route *route = mock_control_routes[i];
        for (; route->method != NULL; route++) {
            cr_expect(!route->is_for_observers || strcmp(route->method, "GET") == 0, "%s %s",
                      route->method, route->pattern);
        }
    }
}

static bool has_route(const char *method, const char *pattern)
{
    for (size_t i = 0; mock_control_routes[i] != NULL; i++) {
        const struct mock_control_route *route = mock_control_routes[i];
        for (; route->method != NULL; route++) {
            if (strcmp(route->pattern, pattern) == 0 &&
                cog_string_equals_ignoring_case(route->method, method)) {
                return true;
            }
        }
    }
    return false;
}

Test(openapi, everything_documented_is_a_route)
{
    cJSON *document = parse();
    const cJSON *path = NULL;
    cJSON_ArrayForEach(path, cJSON_GetObjectItemCaseSensitive(document, "paths"))
    {
        const cJSON *operation = NULL;
        cJSON_ArrayForEach(operation, path)
        {
            cr_expect(has_route(operation->string, path->string), "%s %s", operation->string,
                      path->string);
        }
    }
    cJSON_Delete(document);
}
