#include "control/call.h"

#include "server_private.h"
#include "tenants/registry.h"
#include "v1/encoding.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_SIZE = 12 };

void mock_control_call_finish(struct mock_control_call *call)
{
    free(call->tenant_name);
    free(call->id);
    cog_document_finish(&call->document);
    *call = (struct mock_control_call){0};
}

/* A number with a colon behind it. @return what follows; NULL when there is none */
static const char *read_number(const char *text, int *out_number)
{
    char digits[NUMBER_SIZE];
    int64_t number = 0;
    const size_t length = strcspn(text, ":");
    if (text[length] != ':' || length >= sizeof digits) {
        return NULL;
    }
    memcpy(digits, text, length);
    digits[length] = '\0';
    if (cog_number_parse_integer(digits, 1, INT_MAX, &number, NULL) != COG_OK) {
        return NULL;
    }
    *out_number = (int)number;
    return text + length + 1;
}

/* Complaints about the body begin with "body:<line>:<column>: ". */
static void find_place(const struct cog_error *error, struct mock_problem *problem)
{
    static const char start[] = "body:";
    int line = 0;
    int column = 0;
    if (strncmp(error->message, start, sizeof start - 1) != 0) {
        return;
    }
    const char *rest = read_number(error->message + sizeof start - 1, &line);
    if (rest != NULL && read_number(rest, &column) != NULL) {
        problem->line = line;
        problem->column = column;
    }
}

enum cog_code mock_control_refuse(struct mock_plan *plan, int status, const struct cog_error *error)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    struct mock_problem problem = {.status = status, .name = "refused"};
    find_place(error, &problem);
    return mock_answer_problem(plan, &problem, "%s", cog_error_text(error, text, sizeof text));
}

enum cog_code mock_control_query(const struct mock_control_call *call, const char *name,
                                 char **out_value, struct cog_error *error)
{
    enum cog_code code = mock_form_find(call->query, name, out_value);
    return code == COG_OK ? COG_OK
                          : cog_error_set(error, code, "the query's '%s' cannot be decoded", name);
}

static int refusal_status(enum cog_code code)
{
    static const struct {
        enum cog_code code;
        int status;
    } statuses[] = {
        {COG_ERROR_ARGUMENT, MOCK_STATUS_BAD_REQUEST},
        {COG_ERROR_SYNTAX, MOCK_STATUS_BAD_REQUEST},
        {COG_ERROR_NOT_FOUND, MOCK_STATUS_NOT_FOUND},
        {COG_ERROR_CONFLICT, MOCK_STATUS_CONFLICT},
        {COG_ERROR_REFUSED, MOCK_STATUS_CONFLICT},
        {COG_ERROR_CONFIGURATION, MOCK_STATUS_INSUFFICIENT_STORAGE},
        {COG_ERROR_STORAGE, MOCK_STATUS_INSUFFICIENT_STORAGE},
    };
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (statuses[i].code == code) {
            return statuses[i].status;
        }
    }
    return 0;
}

enum cog_code mock_control_refuse_code(struct mock_plan *plan, enum cog_code code,
                                       const struct cog_error *error)
{
    const int status = refusal_status(code);
    return status == 0 ? code : mock_control_refuse(plan, status, error);
}

enum cog_code mock_control_refuse_text(struct mock_plan *plan, int status, const char *format, ...)
{
    COG_CLEANUP(cog_text_finish) struct cog_text detail = {0};
    const struct mock_problem problem = {.status = status, .name = "refused"};
    va_list list;
    va_start(list, format);
    cog_text_append_format_list(&detail, format, list);
    va_end(list);
    return detail.failed ? COG_ERROR_MEMORY
                         : mock_answer_problem(plan, &problem, "%s", cog_text_string(&detail));
}

enum mock_view mock_control_view(const struct mock_control_call *call)
{
    return call->access == MOCK_CONTROL_ACCESS_ALL ? MOCK_VIEW_ALL : MOCK_VIEW_OBSERVER;
}

struct mock_server *mock_control_server(const struct mock_control_call *call)
{
    struct mock_server *server = mock_tenant_server(call->tenant);
    mock_server_advance(server);
    return server;
}

void mock_control_tell(const struct mock_control_call *call, const char *kind,
                       const struct cog_log_field *fields, size_t field_count)
{
    const struct mock_server *server = mock_tenant_server(call->tenant);
    const struct mock_event event = {
        .kind = kind,
        .at_ms = server->api.world->now_ms,
        .fields = fields,
        .field_count = field_count,
    };
    mock_server_tell(server, &event);
}

enum cog_code mock_control_answer_nothing(struct mock_plan *plan)
{
    mock_answer_empty(plan, MOCK_STATUS_NO_CONTENT);
    return COG_OK;
}
