#include "world/deployment.h"

#include "world/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPLOYMENTS_CAPACITY_START = 8 };

static const char *const status_names[] = {
    [MOCK_JOB_PENDING] = "pending",
    [MOCK_JOB_RUNNING] = "running",
    [MOCK_JOB_COMPLETED] = "completed",
    [MOCK_JOB_FAILED] = "failed",
    [MOCK_JOB_ROLLING_BACK] = "rolling_back",
    [MOCK_JOB_ROLLED_BACK] = "rolled_back",
    [MOCK_JOB_ROLLBACK_FAILED] = "rollback_failed",
    NULL,
};

const char *const *mock_job_status_names(void)
{
    return status_names;
}

const char *mock_job_status_name(enum mock_job_status status)
{
    return status_names[status];
}

bool mock_job_status_is_busy(enum mock_job_status status)
{
    return status == MOCK_JOB_PENDING || status == MOCK_JOB_RUNNING ||
           status == MOCK_JOB_ROLLING_BACK;
}

bool mock_world_target_is_busy(const struct mock_world *world,
                               const struct mock_environment *target)
{
    for (size_t i = 0; i < world->deployment_count; i++) {
        const struct mock_deployment *deployment = world->deployments[i];
        if (deployment->target == target && mock_job_status_is_busy(deployment->status)) {
            return true;
        }
    }
    return false;
}

static bool platform_fits(const struct mock_promotion *promotion)
{
    struct mock_platform runtime = {0};
    return mock_platform_parse(promotion->target->setup->platform_version, &runtime) &&
           mock_platform_fits(&runtime, &promotion->needs);
}

static enum mock_refusal judge_promotion(const struct mock_world *world,
                                         const struct mock_promotion *promotion)
{
    if (promotion->source == promotion->target) {
        return MOCK_REFUSAL_SAME_ENVIRONMENT;
    }
    if (!platform_fits(promotion)) {
        return MOCK_REFUSAL_PLATFORM;
    }
    if (mock_world_target_is_busy(world, promotion->target)) {
        return MOCK_REFUSAL_BUSY;
    }
    if (!promotion->override_active_sessions && mock_world_sessions(world, promotion->target) > 0) {
        return MOCK_REFUSAL_SESSIONS;
    }
    if (world->deployment_count >= MOCK_DEPLOYMENTS_MAX) {
        return MOCK_REFUSAL_FULL;
    }
    return MOCK_REFUSAL_NONE;
}

static bool kind_is_copied(const struct mock_promotion *promotion, enum mock_kind kind)
{
    switch (kind) {
    case MOCK_KIND_INTENT:
    case MOCK_KIND_ENTITY:
        return promotion->resolve_dependencies;
    case MOCK_KIND_WEBHOOK:
        return promotion->sync_configuration && promotion->include_webhooks;
    case MOCK_KIND_INTEGRATION:
        return promotion->sync_configuration && promotion->include_integrations;
    case MOCK_KIND_VARIABLE:
        return promotion->sync_configuration;
    case MOCK_KIND_FLOW:
        break;
    }
    return true;
}

static enum cog_code compose_wanted(const struct mock_world *world,
                                    const struct mock_promotion *promotion,
                                    struct mock_content *out_wanted)
{
    const struct mock_content *parts[MOCK_KIND_COUNT];
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        bool is_copied =
            kind_is_copied(promotion, (enum mock_kind)kind) && !world->setup->job.omitted[kind];
        parts[kind] = is_copied ? &promotion->source->content : &promotion->target->content;
    }
    return mock_content_compose(parts, out_wanted);
}

static enum cog_code reserve_deployment(struct mock_world *world)
{
    if (world->deployment_count < world->deployment_capacity) {
        return COG_OK;
    }
    size_t capacity = world->deployment_capacity == 0 ? DEPLOYMENTS_CAPACITY_START
                                                      : world->deployment_capacity * 2;
    struct mock_deployment **deployments =
        realloc(world->deployments, capacity * sizeof(struct mock_deployment *));
    if (deployments == NULL) {
        return COG_ERROR_MEMORY;
    }
    world->deployments = deployments;
    world->deployment_capacity = capacity;
    return COG_OK;
}

/* Not a cut one, which would be another, and no bytes that a saved state could not hold. */
static void keep_key(struct mock_deployment *deployment, const char *key)
{
    const size_t length = key == NULL ? 0 : strlen(key);
    for (size_t i = 0; i < length; i++) {
        if (key[i] < ' ' || key[i] > '~') {
            return;
        }
    }
    if (length < sizeof deployment->idempotency_key) {
        memcpy(deployment->idempotency_key, key == NULL ? "" : key, length + 1);
    }
}

/* All memory that its time will need, so that time can pass without. */
static enum cog_code deployment_equip(struct mock_deployment *deployment,
                                      const struct mock_world *world,
                                      const struct mock_promotion *promotion)
{
    const struct mock_job_setup *job = &world->setup->job;
    enum cog_code code = mock_job_steps_copy(job->steps, job->step_count, &deployment->steps);
    if (code == COG_OK) {
        deployment->step_count = job->step_count;
        code = mock_content_copy(&promotion->target->content, &deployment->before);
    }
    if (code == COG_OK) {
        code = compose_wanted(world, promotion, &deployment->wanted);
    }
    if (code == COG_OK) {
        code = mock_environment_keep_start(promotion->target);
    }
    if (code == COG_OK) {
        code = mock_content_reserve(&promotion->target->content, &deployment->wanted);
    }
    return code;
}

static enum cog_code deployment_create(const struct mock_world *world,
                                       const struct mock_promotion *promotion,
                                       struct mock_deployment **out_deployment)
{
    struct mock_deployment *deployment = mock_deployment_create_empty();
    if (deployment == NULL) {
        return COG_ERROR_MEMORY;
    }
    deployment->source = promotion->source;
    deployment->target = promotion->target;
    deployment->created_ms = world->now_ms;
    deployment->sessions_at_start = mock_world_sessions(world, promotion->target);
    deployment->sessions_overridden = promotion->override_active_sessions;
    deployment->version_before = promotion->target->version;
    deployment->version_wanted = promotion->source->version;
    (void)snprintf(deployment->job_id, sizeof deployment->job_id, "job-%zu",
                   world->deployment_count + 1);
    keep_key(deployment, promotion->idempotency_key);
    enum cog_code code = deployment_equip(deployment, world, promotion);
    if (code != COG_OK) {
        mock_deployment_destroy(deployment);
        return code;
    }
    *out_deployment = deployment;
    return COG_OK;
}

enum cog_code mock_world_promote(struct mock_world *world, const struct mock_promotion *promotion,
                                 enum mock_refusal *out_refusal,
                                 struct mock_deployment **out_deployment)
{
    enum mock_refusal refusal = judge_promotion(world, promotion);
    if (refusal != MOCK_REFUSAL_NONE) {
        *out_refusal = refusal;
        return COG_OK;
    }
    struct mock_deployment *deployment = NULL;
    enum cog_code code = deployment_create(world, promotion, &deployment);
    if (code == COG_OK) {
        code = mock_world_deployment_append(world, deployment);
    }
    if (code != COG_OK) {
        mock_deployment_destroy(deployment);
        return code;
    }
    mock_deployment_tell(world, deployment, MOCK_HAPPENING_JOB_CREATED, world->now_ms);
    mock_world_settle(world);
    *out_refusal = MOCK_REFUSAL_NONE;
    *out_deployment = deployment;
    return COG_OK;
}

/* Whether something stands in the target that came there later: the snapshot is from before it. */
static bool is_superseded(const struct mock_world *world, const struct mock_deployment *deployment)
{
    for (size_t i = world->deployment_count; i > 0; i--) {
        const struct mock_deployment *later = world->deployments[i - 1];
        if (later == deployment) {
            break;
        }
        if (later->target == deployment->target && later->status != MOCK_JOB_ROLLED_BACK) {
            return true;
        }
    }
    return false;
}

enum mock_refusal mock_world_rollback(struct mock_world *world, struct mock_deployment *deployment)
{
    if (deployment->rollback_created_ms >= 0) {
        return MOCK_REFUSAL_ROLLED_BACK;
    }
    if (deployment->ended_ms < 0) {
        return MOCK_REFUSAL_JOB_RUNNING;
    }
    if (mock_world_target_is_busy(world, deployment->target)) {
        return MOCK_REFUSAL_BUSY;
    }
    if (is_superseded(world, deployment)) {
        return MOCK_REFUSAL_SUPERSEDED;
    }
    if (!world->setup->rollback.reversible) {
        return MOCK_REFUSAL_NOT_REVERSIBLE;
    }
    world->rollback_count++;
    (void)snprintf(deployment->rollback_id, sizeof deployment->rollback_id, "rollback-%d",
                   world->rollback_count);
    deployment->rollback_created_ms = world->now_ms;
    deployment->rollback_count++;
    deployment->rollback = world->setup->rollback;
    deployment->delay_ms = 0;
    deployment->status = MOCK_JOB_ROLLING_BACK;
    mock_deployment_tell(world, deployment, MOCK_HAPPENING_ROLLBACK_CREATED, world->now_ms);
    mock_world_settle(world);
    return MOCK_REFUSAL_NONE;
}

enum mock_refusal mock_world_cancel(struct mock_world *world, struct mock_deployment *deployment)
{
    return mock_deployment_fail(world, deployment, "cancelled");
}

struct mock_deployment *mock_world_deployment_find(const struct mock_world *world,
                                                   const char *job_id)
{
    for (size_t i = 0; i < world->deployment_count; i++) {
        if (strcmp(world->deployments[i]->job_id, job_id) == 0) {
            return world->deployments[i];
        }
    }
    return NULL;
}

struct mock_deployment *mock_deployment_create_empty(void)
{
    struct mock_deployment *deployment = calloc(1, sizeof *deployment);
    if (deployment != NULL) {
        *deployment = (struct mock_deployment){
            .status = MOCK_JOB_PENDING,
            .job_end = MOCK_JOB_RUNNING,
            .touched_ms = -1,
            .ended_ms = -1,
            .rollback_created_ms = -1,
            .rollback_ended_ms = -1,
            .held_ms = -1,
        };
    }
    return deployment;
}

void mock_deployment_destroy(struct mock_deployment *deployment)
{
    if (deployment == NULL) {
        return;
    }
    mock_content_finish(&deployment->before);
    mock_content_finish(&deployment->wanted);
    free(deployment->steps);
    free(deployment);
}

enum cog_code mock_world_deployment_append(struct mock_world *world,
                                           struct mock_deployment *deployment)
{
    enum cog_code code = reserve_deployment(world);
    if (code != COG_OK) {
        return code;
    }
    world->deployments[world->deployment_count++] = deployment;
    code = mock_world_versions_reserve(world, 0);
    if (code != COG_OK) {
        world->deployment_count--;
    }
    return code;
}

void mock_deployment_tell(const struct mock_world *world, const struct mock_deployment *deployment,
                          enum mock_happening_kind kind, int64_t at_ms)
{
    const struct mock_happening happening = {
        .kind = kind,
        .at_ms = at_ms,
        .deployment = deployment,
        .environment = deployment->target,
        .value = deployment->progress,
    };
    mock_world_tell(world, &happening);
}
