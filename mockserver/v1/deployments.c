/* What becomes of a promotion: its status, rollback, cancellation, and the list of all. */
#include "v1/encoding.h"
#include "v1/jobs.h"
#include "v1/routes.h"

#include <cogbase/text.h>

#include <string.h>

static struct mock_deployment *find(const struct mock_visit *visit)
{
    return mock_world_deployment_find(visit->api->world, visit->id);
}

static enum cog_code answer_status(const struct mock_visit *visit, struct mock_plan *plan,
                                   int status, const struct mock_deployment *deployment)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_job_add_status(visit->api, deployment, &body);
    enum cog_code code = mock_answer_json(plan, status, &body);
    return code == COG_OK ? mock_job_add_retry_after(visit->api, deployment, plan) : code;
}

enum cog_code mock_v1_status(struct mock_visit *visit, struct mock_plan *plan)
{
    const struct mock_deployment *deployment = find(visit);
    if (deployment == NULL) {
        return mock_answer_missing(plan, "job", visit->id);
    }
    return answer_status(visit, plan, MOCK_STATUS_OK, deployment);
}

static enum cog_code answer_rollback(const struct mock_visit *visit, struct mock_plan *plan,
                                     const struct mock_deployment *deployment)
{
    if (visit->api->behaviour->seed_only) {
        mock_answer_empty(plan, MOCK_STATUS_ACCEPTED);
        return COG_OK;
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "job_id", deployment->job_id);
    mock_body_string(&body, "rollback_id", deployment->rollback_id);
    mock_body_string(&body, "status", mock_job_status_name(MOCK_JOB_ROLLING_BACK));
    enum cog_code code = mock_answer_json(plan, MOCK_STATUS_ACCEPTED, &body);
    if (code == COG_OK) {
        code = mock_job_add_location(visit->api, deployment, plan);
    }
    return code == COG_OK ? mock_job_add_retry_after(visit->api, deployment, plan) : code;
}

enum cog_code mock_v1_rollback(struct mock_visit *visit, struct mock_plan *plan)
{
    struct mock_deployment *deployment = find(visit);
    if (deployment == NULL) {
        return mock_answer_missing(plan, "job", visit->id);
    }
    enum mock_refusal refusal = mock_world_rollback(visit->api->world, deployment);
    if (refusal != MOCK_REFUSAL_NONE) {
        return mock_answer_refusal(plan, refusal, 0);
    }
    return answer_rollback(visit, plan, deployment);
}

enum cog_code mock_v1_cancel(struct mock_visit *visit, struct mock_plan *plan)
{
    struct mock_deployment *deployment = find(visit);
    if (deployment == NULL) {
        return mock_answer_missing(plan, "job", visit->id);
    }
    enum mock_refusal refusal = mock_world_cancel(visit->api->world, deployment);
    if (refusal != MOCK_REFUSAL_NONE) {
        return mock_answer_refusal(plan, refusal, 0);
    }
    return answer_status(visit, plan, MOCK_STATUS_ACCEPTED, deployment);
}

/* Which deployments are asked for; NULL means any. Both owned. */
struct filter {
    char *source_id;
    char *target_id;
};

static void filter_finish(struct filter *filter)
{
    cog_string_finish(&filter->source_id);
    cog_string_finish(&filter->target_id);
}

static enum cog_code filter_parse(const char *query, struct filter *filter)
{
    enum cog_code code = mock_form_find(query, "source_environment_id", &filter->source_id);
    if (code == COG_OK) {
        code = mock_form_find(query, "target_environment_id", &filter->target_id);
    }
    return code;
}

static bool filter_passes(const struct filter *filter, const struct mock_deployment *deployment)
{
    return (filter->source_id == NULL ||
            strcmp(filter->source_id, deployment->source->setup->id) == 0) &&
           (filter->target_id == NULL ||
            strcmp(filter->target_id, deployment->target->setup->id) == 0);
}

static enum cog_code answer_list(const struct mock_visit *visit, struct mock_plan *plan,
                                 const struct filter *filter)
{
    const struct mock_world *world = visit->api->world;
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_array(&body, "deployments");
    for (size_t i = world->deployment_count; i > 0; i--) {
        const struct mock_deployment *deployment = world->deployments[i - 1];
        if (!filter_passes(filter, deployment)) {
            continue;
        }
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        mock_job_add_status(visit->api, deployment, &item);
        mock_job_add_origin(visit->api, deployment, &item);
        if (deployment->idempotency_key[0] != '\0') {
            mock_body_string(&item, "idempotency_key", deployment->idempotency_key);
        }
        mock_body_array_append(&body, &item);
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

enum cog_code mock_v1_deployments(struct mock_visit *visit, struct mock_plan *plan)
{
    COG_CLEANUP(filter_finish) struct filter filter = {0};
    enum cog_code code = filter_parse(visit->query, &filter);
    if (code == COG_ERROR_SYNTAX) {
        const struct mock_problem problem = {
            .status = MOCK_STATUS_BAD_REQUEST,
            .name = "malformed-query",
        };
        return mock_answer_problem(plan, &problem, "the query's percent-encoding is malformed");
    }
    return code == COG_OK ? answer_list(visit, plan, &filter) : code;
}
