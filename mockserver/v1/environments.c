#include "v1/problem.h"
#include "v1/routes.h"

static struct mock_environment *find(const struct mock_visit *visit)
{
    return mock_world_environment_find(visit->api->world, visit->id);
}

enum cog_code mock_v1_sessions(struct mock_visit *visit, struct mock_plan *plan)
{
    const struct mock_environment *environment = find(visit);
    if (environment == NULL) {
        return mock_answer_missing(plan, "environment", visit->id);
    }
    int active = mock_world_sessions(visit->api->world, environment);
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_integer(&body, "active_sessions", active);
    mock_body_string(&body, "status", active == 0 ? "idle" : "active");
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

enum cog_code mock_v1_environment(struct mock_visit *visit, struct mock_plan *plan)
{
    const struct mock_environment *environment = find(visit);
    if (environment == NULL) {
        return mock_answer_missing(plan, "environment", visit->id);
    }
    const struct mock_environment_setup *setup = environment->setup;
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "id", setup->id);
    mock_body_string(&body, "name", setup->name);
    mock_body_string(&body, "platform_version", setup->platform_version);
    mock_body_string(&body, "bot_id", setup->bot_id);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

enum cog_code mock_v1_metrics(struct mock_visit *visit, struct mock_plan *plan)
{
    const struct mock_environment *environment = find(visit);
    if (environment == NULL) {
        return mock_answer_missing(plan, "environment", visit->id);
    }
    char digest[COG_DIGEST_SIZE];
    enum cog_code code = mock_content_digest(&environment->content, digest);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "environment_id", environment->setup->id);
    const char *const *names = mock_kind_names();
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        int count = mock_content_count(&environment->content, (enum mock_kind)kind);
        mock_body_integer(&body, names[kind], count);
    }
    mock_body_string(&body, "content_digest", digest);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}
