/* The member `down` of `server`. */
#include "script/outage.h"

#include "script/member.h"
#include "script/scenario.h"

bool mock_outages_have(const struct mock_outages *outages, int64_t now_ms)
{
    for (size_t i = 0; i < outages->count; i++) {
        const struct mock_outage *outage = &outages->items[i];
        if (now_ms >= outage->from_ms && now_ms < outage->until_ms) {
            return true;
        }
    }
    return false;
}

int64_t mock_outages_next_ms(const struct mock_outages *outages, int64_t now_ms)
{
    for (size_t i = 0; i < outages->count; i++) {
        const struct mock_outage *outage = &outages->items[i];
        if (now_ms < outage->from_ms) {
            return outage->from_ms;
        }
        if (now_ms < outage->until_ms) {
            return outage->until_ms;
        }
    }
    return INT64_MAX;
}

static enum cog_code read_outage(const struct cog_document *document, const cJSON *node,
                                 int64_t minimum_ms, struct mock_outage *out_outage,
                                 struct cog_error *error)
{
    static const char *const keys[] = {"from", "until", NULL};
    struct mock_outage outage = {.until_ms = INT64_MAX};
    const cJSON *from = NULL;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, node, "from", &from, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "from", &outage.from_ms, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "until", &outage.until_ms, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (outage.from_ms < minimum_ms || outage.until_ms <= outage.from_ms) {
        return cog_document_fail(document, node, error, "times must ascend");
    }
    *out_outage = outage;
    return COG_OK;
}

enum cog_code mock_script_read_outages(const struct cog_document *document, const cJSON *server,
                                       struct mock_outages *outages, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, server, "down", &array, error);
    if (code == COG_OK && array != NULL) {
        code = mock_member_check_count(document, array, MOCK_OUTAGES_MAX, error);
    }
    if (code != COG_OK || array == NULL) {
        return code;
    }
    outages->count = 0;
    int64_t minimum_ms = 0;
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        struct mock_outage *outage = &outages->items[outages->count++];
        code = read_outage(document, node, minimum_ms, outage, error);
        if (code != COG_OK) {
            return code;
        }
        minimum_ms = outage->until_ms;
    }
    return COG_OK;
}
