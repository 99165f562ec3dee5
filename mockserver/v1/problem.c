#include "v1/problem.h"

#include <cogbase/text.h>

#include <stdarg.h>
#include <stdio.h>

enum { TYPE_SIZE = 80 };

static void add_members(struct mock_body *body, const struct mock_problem *problem,
                        const char *detail)
{
    char type[TYPE_SIZE];
    (void)snprintf(type, sizeof type, "urn:cogmock:%s", problem->name);
    mock_body_string(body, "type", type);
    mock_body_string(body, "title", mock_status_phrase(problem->status));
    mock_body_integer(body, "status", problem->status);
    mock_body_string(body, "detail", detail);
    if (problem->field != NULL) {
        mock_body_string(body, "field", problem->field);
    }
    if (problem->missing_scope != NULL) {
        mock_body_string(body, "missing_scope", problem->missing_scope);
    }
    if (problem->active_sessions > 0) {
        mock_body_integer(body, "active_sessions", problem->active_sessions);
    }
    if (problem->line > 0) {
        mock_body_integer(body, "line", problem->line);
        mock_body_integer(body, "column", problem->column);
    }
}

enum cog_code mock_answer_problem(struct mock_plan *plan, const struct mock_problem *problem,
                                  const char *format, ...)
{
    COG_CLEANUP(cog_text_finish) struct cog_text detail = {0};
    va_list list;
    va_start(list, format);
    cog_text_append_format_list(&detail, format, list);
    va_end(list);
    if (detail.failed) {
        return COG_ERROR_MEMORY;
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    add_members(&body, problem, cog_text_string(&detail));
    return mock_answer_typed(plan, problem->status, MOCK_TYPE_PROBLEM, &body);
}

enum cog_code mock_answer_missing(struct mock_plan *plan, const char *noun, const char *id)
{
    const struct mock_problem problem = {.status = MOCK_STATUS_NOT_FOUND, .name = "not-found"};
    return mock_answer_problem(plan, &problem, "there is no %s '%s'", noun, id);
}

enum cog_code mock_answer_oauth_error(struct mock_plan *plan, int status, const char *name,
                                      const char *description)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "error", name);
    mock_body_string(&body, "error_description", description);
    enum cog_code code = mock_answer_json(plan, status, &body);
    if (code == COG_OK) {
        code = mock_plan_header_append(plan, "Cache-Control", "no-store");
    }
    if (code == COG_OK && status == MOCK_STATUS_UNAUTHORIZED) {
        code = mock_plan_header_append(plan, "WWW-Authenticate", "Basic realm=\"cogmock\"");
    }
    return code;
}
