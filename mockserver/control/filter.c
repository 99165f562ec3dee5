#include "control/filter.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    STATUS_MAX = 599,
    STATUS_CLASS_SIZE = 100,
};

static bool is_class(const char *text)
{
    return isdigit((unsigned char)text[0]) != 0 && text[1] == 'x' && text[2] == 'x' &&
           text[3] == '\0';
}

static enum cog_code read_status(const struct mock_control_call *call, struct mock_filter *filter,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    enum cog_code code = mock_query_text(call, "status", &text, error);
    if (code != COG_OK || text == NULL) {
        return code;
    }
    if (is_class(text)) {
        filter->status_minimum = (int64_t)(text[0] - '0') * STATUS_CLASS_SIZE;
        filter->status_maximum = filter->status_minimum + STATUS_CLASS_SIZE - 1;
        return COG_OK;
    }
    code = cog_number_parse_integer(text, 0, STATUS_MAX, &filter->status_minimum, NULL);
    filter->status_maximum = filter->status_minimum;
    return code == COG_OK ? COG_OK
                          : cog_error_set(error, code,
                                          "the query's 'status' is '%s': expected a status such as "
                                          "404, or a class such as 4xx",
                                          text);
}

static enum cog_code check_call(const struct mock_filter *filter, struct cog_error *error)
{
    const char *const *names = mock_call_names();
    if (filter->call == NULL || strcmp(filter->call, "unknown") == 0) {
        return COG_OK;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(filter->call, names[i]) == 0) {
            return COG_OK;
        }
    }
    const char *nearest = cog_string_nearest(filter->call, names);
    return cog_error_set(error, COG_ERROR_SYNTAX, "the query's 'call' is '%s', which is none%s%s%s",
                         filter->call, nearest != NULL ? ": did you mean '" : "",
                         nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

static enum cog_code check_state(const struct mock_filter *filter, struct cog_error *error)
{
    if (filter->state == NULL) {
        return COG_OK;
    }
    for (int i = MOCK_EXCHANGE_ARRIVED; i <= MOCK_EXCHANGE_ABANDONED; i++) {
        if (strcmp(filter->state, mock_exchange_state_name((enum mock_exchange_state)i)) == 0) {
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_SYNTAX,
                         "the query's 'state' is '%s': expected arrived, answered, done or "
                         "abandoned",
                         filter->state);
}

static enum cog_code read_texts(const struct mock_control_call *call, struct mock_filter *filter,
                                struct cog_error *error)
{
    const struct {
        const char *name;
        char **text;
    } parameters[] = {
        {"call", &filter->call},   {"method", &filter->method}, {"path", &filter->path},
        {"fault", &filter->fault}, {"state", &filter->state},   {"client", &filter->client},
    };
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        enum cog_code code = mock_query_text(call, parameters[i].name, parameters[i].text, error);
        if (code != COG_OK) {
            return code;
        }
    }
    enum cog_code code = check_call(filter, error);
    return code == COG_OK ? check_state(filter, error) : code;
}

static enum cog_code read_range(const struct mock_control_call *call, int64_t limit_default,
                                struct mock_filter *filter, struct cog_error *error)
{
    const struct cog_document_range numbers = {0, COG_NUMBER_INTEGER_MAX};
    enum cog_code code = mock_query_integer(call, "since", numbers, &filter->since, error);
    if (code != COG_OK || limit_default == 0) {
        return code;
    }
    const struct cog_document_range limits = {1, MOCK_FILTER_LIMIT_MAX};
    return mock_query_integer(call, "limit", limits, &filter->limit, error);
}

enum cog_code mock_filter_read(const struct mock_control_call *call, int64_t limit_default,
                               struct mock_filter *out_filter, struct cog_error *error)
{
    static const char *const names[] = {"call",   "method", "path",  "fault", "state",
                                        "client", "status", "since", "limit", NULL};
    *out_filter = (struct mock_filter){
        .status_maximum = INT64_MAX,
        .limit = limit_default == 0 ? INT64_MAX : limit_default,
    };
    enum cog_code code = mock_query_check_names(call, names, error);
    if (code == COG_OK) {
        code = read_texts(call, out_filter, error);
    }
    if (code == COG_OK) {
        code = read_status(call, out_filter, error);
    }
    return code == COG_OK ? read_range(call, limit_default, out_filter, error) : code;
}

static bool text_fits(const char *wanted, const char *text)
{
    return wanted == NULL || (text != NULL && strcmp(wanted, text) == 0);
}

static bool fault_fits(const char *wanted, const char *fault)
{
    if (wanted == NULL) {
        return true;
    }
    if (fault == NULL || *wanted == '\0') {
        return fault == NULL && *wanted == '\0';
    }
    return strcmp(wanted, "*") == 0 || strcmp(wanted, fault) == 0;
}

static bool path_fits(const char *wanted, const char *target)
{
    return wanted == NULL || strncmp(target, wanted, strlen(wanted)) == 0;
}

bool mock_filter_takes(const struct mock_filter *filter, const struct mock_exchange *exchange)
{
    return (int64_t)exchange->number > filter->since &&
           exchange->status >= filter->status_minimum &&
           exchange->status <= filter->status_maximum && text_fits(filter->call, exchange->call) &&
           text_fits(filter->method, exchange->method) &&
           path_fits(filter->path, exchange->target) &&
           fault_fits(filter->fault, exchange->fault) &&
           text_fits(filter->state, mock_exchange_state_name(exchange->state)) &&
           text_fits(filter->client, exchange->client);
}

void mock_filter_finish(struct mock_filter *filter)
{
    free(filter->call);
    free(filter->method);
    free(filter->path);
    free(filter->fault);
    free(filter->state);
    free(filter->client);
    *filter = (struct mock_filter){0};
}
