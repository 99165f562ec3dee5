#include "v1/problem.h"
#include "v1/routes.h"

#include <cogbase/stamp.h>

#include <string.h>

static void append_version(const struct mock_visit *visit, const struct mock_version *version,
                           struct mock_body *body)
{
    char created_at[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(mock_api_unix_ms(visit->api, version->created_ms), created_at);
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    mock_body_integer(&item, "version", version->number);
    mock_body_string(&item, "environment_id", version->environment->setup->id);
    mock_body_string(&item, "created_at", created_at);
    mock_body_array_append(body, &item);
}

enum cog_code mock_v1_versions(struct mock_visit *visit, struct mock_plan *plan)
{
    const struct mock_world *world = visit->api->world;
    if (!mock_world_has_bot(world, visit->id)) {
        return mock_answer_missing(plan, "bot", visit->id);
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "bot_id", visit->id);
    mock_body_array(&body, "versions");
    for (size_t i = world->version_count; i > 0; i--) {
        const struct mock_version *version = &world->versions[i - 1];
        if (strcmp(version->environment->setup->bot_id, visit->id) == 0) {
            append_version(visit, version, &body);
        }
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}
