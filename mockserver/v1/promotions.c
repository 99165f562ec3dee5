/* Asking for a promotion. What comes of it is in deployments.c. */
#include "v1/fields.h"
#include "v1/idempotency.h"
#include "v1/jobs.h"
#include "v1/routes.h"

static void read_promotion(struct mock_fields *fields, struct mock_promotion *promotion)
{
    static const char platform_name[] = "platform_version_compatibility";
    promotion->resolve_dependencies = mock_fields_boolean(fields, "resolve_dependencies");
    promotion->sync_configuration = mock_fields_boolean(fields, "sync_configuration");
    const char *platform = mock_fields_string(fields, platform_name);
    promotion->override_active_sessions = mock_fields_boolean(fields, "override_active_sessions");
    promotion->include_webhooks = mock_fields_boolean(fields, "include_webhooks");
    promotion->include_integrations = mock_fields_boolean(fields, "include_integrations");
    if (platform != NULL && !mock_platform_parse(platform, &promotion->needs)) {
        mock_fields_fail(fields, platform_name, "must be a version such as \"v1.18.0\"");
    }
}

static enum cog_code answer_job(const struct mock_visit *visit, struct mock_plan *plan,
                                const struct mock_deployment *deployment)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "job_id", deployment->job_id);
    mock_body_string(&body, "status", mock_job_status_word(visit->api, deployment));
    mock_job_add_origin(visit->api, deployment, &body);
    enum cog_code code = mock_answer_json(plan, MOCK_STATUS_ACCEPTED, &body);
    if (code == COG_OK) {
        code = mock_job_add_location(visit->api, deployment, plan);
    }
    return code == COG_OK ? mock_job_add_retry_after(visit->api, deployment, plan) : code;
}

static enum cog_code promote(const struct mock_visit *visit, struct mock_plan *plan,
                             const struct mock_promotion *promotion)
{
    enum mock_refusal refusal = MOCK_REFUSAL_NONE;
    struct mock_deployment *deployment = NULL;
    enum cog_code code = mock_world_promote(visit->api->world, promotion, &refusal, &deployment);
    if (code != COG_OK) {
        return code;
    }
    if (refusal != MOCK_REFUSAL_NONE) {
        return mock_answer_refusal(plan, refusal,
                                   mock_world_sessions(visit->api->world, promotion->target));
    }
    return answer_job(visit, plan, deployment);
}

enum cog_code mock_v1_promote(struct mock_visit *visit, struct mock_plan *plan)
{
    COG_CLEANUP(mock_fields_finish) struct mock_fields fields = {0};
    mock_fields_parse(visit->request, &fields);
    struct mock_promotion promotion = {.idempotency_key = mock_idempotency_key(visit)};
    const char *source_id = mock_fields_string(&fields, "source_environment_id");
    const char *target_id = mock_fields_string(&fields, "target_environment_id");
    read_promotion(&fields, &promotion);
    if (!mock_fields_are_right(&fields)) {
        return mock_answer_fields(plan, &fields);
    }
    promotion.source = mock_world_environment_find(visit->api->world, source_id);
    if (promotion.source == NULL) {
        return mock_answer_missing(plan, "environment", source_id);
    }
    promotion.target = mock_world_environment_find(visit->api->world, target_id);
    if (promotion.target == NULL) {
        return mock_answer_missing(plan, "environment", target_id);
    }
    return promote(visit, plan, &promotion);
}
