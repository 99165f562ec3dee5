#include "v1/visit.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

void mock_visit_finish(struct mock_visit *visit)
{
    free(visit->id);
    visit->id = NULL;
}

const char *mock_request_header(const struct mock_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        const struct mock_header *header = &request->headers[i];
        if (*header->value != '\0' && cog_string_equals_ignoring_case(header->name, name)) {
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

int64_t mock_api_unix_ms(const struct mock_api *api, int64_t world_ms)
{
    return api->start_unix_ms + world_ms;
}
