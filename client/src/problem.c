#include "problem.h"

#include "http_status.h"
#include "plain_text.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <string.h>

cJSON *cog_problem_parse(const struct cog_response *response)
{
    cJSON *json = NULL;
    return cog_json_parse_object(response->body, response->body_length, &json, NULL) == COG_OK
               ? json
               : NULL;
}

static const char *member(const cJSON *problem, const char *name)
{
    const char *string = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(problem, name));
    return string != NULL && string[0] != '\0' ? string : NULL;
}

static void append_member(struct cog_text *text, const char *before, const char *value)
{
    if (value != NULL) {
        cog_text_append(text, before);
        cog_text_append(text, value);
    }
}

/* Both members of an OAuth error are of use: the word to look up, the text to read. */
static void append_reason(struct cog_text *text, const cJSON *problem)
{
    const char *detail = member(problem, "detail");
    const char *reason = detail != NULL ? detail : member(problem, "title");
    if (reason == NULL) {
        append_member(text, ": ", member(problem, "error"));
        reason = member(problem, "error_description");
    }
    if (reason == NULL) {
        reason = member(problem, "message");
    }
    append_member(text, ": ", reason);
    append_member(text, ": missing scope ", member(problem, "missing_scope"));
}

void cog_problem_format(const struct cog_response *response, char out_reason[COG_REASON_SIZE])
{
    const char *name = cog_http_status_name(response->status);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%d%s%s", response->status, name[0] != '\0' ? " " : "", name);
    COG_CLEANUP(cog_json_finish) cJSON *problem = cog_problem_parse(response);
    if (problem != NULL) {
        append_reason(&text, problem);
    }
    cog_plain_text_copy(out_reason, COG_REASON_SIZE, cog_text_string(&text));
}
