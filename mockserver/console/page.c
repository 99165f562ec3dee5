#include "console/page.h"

#include "console/console.h"
#include "v1/answer.h"
#include "v1/problem.h"
#include "v1/status.h"

#include <cogbase/text.h>
#include <cogmock/control.h>

#include <stdlib.h>
#include <string.h>

static const char address[] = MOCK_CONTROL_BASE "/";

/* Of the target without its query. */
static size_t path_length(const char *target)
{
    return strcspn(target, "?");
}

bool mock_console_has_target(const char *target)
{
    const size_t length = path_length(target);
    const size_t full_length = sizeof address - 1;
    return (length == full_length || length == full_length - 1) &&
           strncmp(target, address, length) == 0;
}

static enum cog_code refuse_method(struct mock_plan *plan)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_METHOD_NOT_ALLOWED,
        .name = "method-not-allowed",
    };
    enum cog_code code = mock_answer_problem(plan, &problem, "the console can only be read");
    return code == COG_OK ? mock_plan_header_append(plan, "Allow", "GET, HEAD") : code;
}

/* Without the last slash the page's relative addresses would lead elsewhere. */
static enum cog_code redirect(const struct mock_request *request, struct mock_plan *plan)
{
    COG_CLEANUP(cog_text_finish) struct cog_text location = {0};
    cog_text_append(&location, address);
    cog_text_append(&location, request->target + path_length(request->target));
    if (location.failed) {
        return COG_ERROR_MEMORY;
    }
    mock_answer_empty(plan, MOCK_STATUS_PERMANENT_REDIRECT);
    return mock_plan_header_append(plan, "Location", cog_text_string(&location));
}

static enum cog_code append_headers(struct mock_plan *plan)
{
    const struct {
        const char *name;
        const char *value;
    } headers[] = {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Content-Security-Policy", mock_console_policy},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        /* The next cogmock on this port may have another page. */
        {"Cache-Control", "no-cache"},
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof headers / sizeof headers[0]; i++) {
        code = mock_plan_header_append(plan, headers[i].name, headers[i].value);
    }
    return code;
}

static enum cog_code show(struct mock_plan *plan)
{
    char *body = malloc(mock_console_page_length + 1);
    if (body == NULL) {
        return COG_ERROR_MEMORY;
    }
    memcpy(body, mock_console_page, mock_console_page_length);
    body[mock_console_page_length] = '\0';
    mock_answer_empty(plan, MOCK_STATUS_OK);
    enum cog_code code = mock_plan_body_set(plan, body, mock_console_page_length);
    return code == COG_OK ? append_headers(plan) : code;
}

enum cog_code mock_console_answer(const struct mock_request *request, struct mock_plan *plan)
{
    if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0) {
        return refuse_method(plan);
    }
    const bool is_full = path_length(request->target) == sizeof address - 1;
    return is_full ? show(plan) : redirect(request, plan);
}
