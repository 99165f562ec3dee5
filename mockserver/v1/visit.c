#include "v1/visit.h"

#include "v1/status.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogbase/utf8.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SECOND_MS = 1000,
    CASE_BIT = 0x20,
};

/* What a problem or an OAuth error says. */
static void read_reason(const struct mock_plan *plan, char why[MOCK_VISIT_WHY_SIZE])
{
    COG_CLEANUP(cog_json_finish)
    cJSON *body = plan->body == NULL ? NULL : cJSON_ParseWithLength(plan->body, plan->body_length);
    const cJSON *detail = cJSON_GetObjectItemCaseSensitive(body, "detail");
    if (detail == NULL) {
        detail = cJSON_GetObjectItemCaseSensitive(body, "error_description");
    }
    if (cJSON_IsString(detail)) {
        (void)snprintf(why, MOCK_VISIT_WHY_SIZE, "%s", detail->valuestring);
        cog_utf8_cut(why);
    }
}

void mock_visit_decide(struct mock_visit *visit, const char *rule, const struct mock_plan *plan)
{
    visit->rule = rule;
    if (plan->status >= MOCK_STATUS_BAD_REQUEST) {
        read_reason(plan, visit->why);
    }
}

void mock_visit_finish(struct mock_visit *visit)
{
    free(visit->id);
    visit->id = NULL;
}

const char *mock_request_header(const struct mock_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        const struct mock_header *header = &request->headers[i];
        /* Most names differ in their first letter, whatever its case. */
        const bool may_be = ((header->name[0] ^ name[0]) & ~CASE_BIT) == 0;
        if (may_be && *header->value != '\0' &&
            cog_string_equals_ignoring_case(header->name, name)) {
            return header->value;
        }
    }
    return NULL;
}

bool mock_request_has_type(const struct mock_request *request, const char *type)
{
    char sent[80];
    const char *value = mock_request_header(request, "Content-Type");
    size_t length = value == NULL ? 0 : strcspn(value, "; \t");
    if (length == 0 || length >= sizeof sent) {
        return false;
    }
    memcpy(sent, value, length);
    sent[length] = '\0';
    return cog_string_equals_ignoring_case(sent, type);
}

const char *mock_api_date(struct mock_api *api)
{
    const int64_t unix_ms = mock_api_unix_ms(api, api->world->now_ms);
    const int64_t unix_s = unix_ms / SECOND_MS;
    if (api->date[0] == '\0' || unix_s != api->date_unix_s) {
        (void)cog_stamp_format_http(unix_ms, COG_STAMP_IMF_FIXDATE, api->date);
        api->date_unix_s = unix_s;
    }
    return api->date;
}

int64_t mock_api_unix_ms(const struct mock_api *api, int64_t world_ms)
{
    return api->start_unix_ms + world_ms;
}
