#include "control/query.h"

#include "v1/encoding.h"

#include <cogbase/duration.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static bool is_listed(const char *name, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static enum cog_code refuse_name(const char *name, const char *const *names,
                                 struct cog_error *error)
{
    const char *nearest = cog_string_nearest(name, names);
    if (nearest != NULL) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "unknown parameter '%s' in the query, did you mean '%s'?", name,
                             nearest);
    }
    COG_CLEANUP(cog_text_finish) struct cog_text list = {0};
    for (size_t i = 0; names[i] != NULL; i++) {
        cog_text_append_format(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    return cog_error_set(
        error, COG_ERROR_SYNTAX, "unknown parameter '%s' in the query, %s%s", name,
        names[0] == NULL ? "expected none" : "expected one of: ", cog_text_string(&list));
}

enum cog_code mock_query_check_names(const struct mock_control_call *call, const char *const *names,
                                     struct cog_error *error)
{
    const char *pair = call->query;
    while (*pair != '\0') {
        COG_CLEANUP(cog_string_finish) char *name = NULL;
        enum cog_code code =
            mock_percent_decode(MOCK_ENCODING_FORM, pair, strcspn(pair, "=&"), &name);
        if (code != COG_OK) {
            return cog_error_set(error, code, "the query cannot be decoded");
        }
        if (*name != '\0' && !is_listed(name, names)) {
            return refuse_name(name, names, error);
        }
        pair += strcspn(pair, "&");
        pair += *pair == '&';
    }
    return COG_OK;
}

enum cog_code mock_query_integer(const struct mock_control_call *call, const char *name,
                                 struct cog_document_range range, int64_t *inout_integer,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *value = NULL;
    struct cog_error cause = {0};
    enum cog_code code = mock_control_query(call, name, &value, error);
    if (code != COG_OK || value == NULL) {
        return code;
    }
    code = cog_number_parse_integer(value, range.minimum, range.maximum, inout_integer, &cause);
    return code == COG_OK ? COG_OK
                          : cog_error_set(error, code, "the query's '%s' is '%s': %s", name, value,
                                          cause.message);
}

enum cog_code mock_query_duration(const struct mock_control_call *call, const char *name,
                                  int64_t *inout_ms, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *value = NULL;
    struct cog_error cause = {0};
    enum cog_code code = mock_control_query(call, name, &value, error);
    if (code != COG_OK || value == NULL) {
        return code;
    }
    code = cog_duration_parse(value, inout_ms, &cause);
    return code == COG_OK ? COG_OK
                          : cog_error_set(error, code, "the query's '%s' is '%s': %s", name, value,
                                          cause.message);
}

enum cog_code mock_query_text(const struct mock_control_call *call, const char *name,
                              char **inout_text, struct cog_error *error)
{
    char *value = NULL;
    enum cog_code code = mock_control_query(call, name, &value, error);
    if (code == COG_OK && value != NULL) {
        free(*inout_text);
        *inout_text = value;
    }
    return code;
}

enum cog_code mock_query_refuse(struct mock_plan *plan, enum cog_code code,
                                const struct cog_error *error)
{
    return code == COG_ERROR_SYNTAX ? mock_control_refuse(plan, MOCK_STATUS_BAD_REQUEST, error)
                                    : code;
}
