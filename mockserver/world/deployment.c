#include "world/deployment.h"

#include "world/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PERCENT = 100,
    DEPLOYMENTS_CAPACITY_START = 8,
    VERSIONS_PER_DEPLOYMENT = 2, /**< One for its completion, one for its rollback. */
};

static const char *const status_names[] = {
    [MOCK_JOB_PENDING] = "pending",
    [MOCK_JOB_RUNNING] = "running",
    [MOCK_JOB_COMPLETED] = "completed",
    [MOCK_JOB_FAILED] = "failed",
    [MOCK_JOB_ROLLING_BACK] = "rolling_back",
    [MOCK_JOB_ROLLED_BACK] = "rolled_back",
    [MOCK_JOB_ROLLBACK_FAILED] = "rollback_failed",
};

const char *mock_job_status_name(enum mock_job_status status)
{
    return status_names[status];
}

bool mock_job_status_is_busy(enum mock_job_status status)
{
    return status == MOCK_JOB_PENDING || status == MOCK_JOB_RUNNING ||
           status == MOCK_JOB_ROLLING_BACK;
}

static bool target_is_busy(const struct mock_world *world, const struct mock_environment *target)
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
    if (target_is_busy(world, promotion->target)) {
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

static struct mock_content wanted_content(const struct mock_world *world,
                                          const struct mock_promotion *promotion)
{
    struct mock_content wanted = promotion->target->content;
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        if (kind_is_copied(promotion, (enum mock_kind)kind) && !world->setup->job.omitted[kind]) {
            memcpy(wanted.revisions[kind], promotion->source->content.revisions[kind],
                   sizeof wanted.revisions[kind]);
        }
    }
    return wanted;
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

static void deployment_init(struct mock_deployment *deployment, const struct mock_world *world,
                            const struct mock_promotion *promotion)
{
    *deployment = (struct mock_deployment){
        .source = promotion->source,
        .target = promotion->target,
        .status = MOCK_JOB_PENDING,
        .job_end = MOCK_JOB_RUNNING,
        .created_ms = world->now_ms,
        .ended_ms = -1,
        .rollback_created_ms = -1,
        .rollback_ended_ms = -1,
        .sessions_at_start = mock_world_sessions(world, promotion->target),
        .sessions_overridden = promotion->override_active_sessions,
        .before = promotion->target->content,
        .wanted = wanted_content(world, promotion),
        .version_before = promotion->target->version,
        .version_wanted = promotion->source->version,
    };
    (void)snprintf(deployment->job_id, sizeof deployment->job_id, "job-%zu",
                   world->deployment_count + 1);
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
    /* Room for all that can follow, so that time can pass without memory. */
    size_t version_count = VERSIONS_PER_DEPLOYMENT * (world->deployment_count + 1);
    enum cog_code code = mock_world_versions_reserve(world, version_count);
    if (code == COG_OK) {
        code = reserve_deployment(world);
    }
    if (code != COG_OK) {
        return code;
    }
    struct mock_deployment *deployment = calloc(1, sizeof *deployment);
    if (deployment == NULL) {
        return COG_ERROR_MEMORY;
    }
    deployment_init(deployment, world, promotion);
    world->deployments[world->deployment_count++] = deployment;
    mock_world_advance(world, world->now_ms);
    *out_refusal = MOCK_REFUSAL_NONE;
    *out_deployment = deployment;
    return COG_OK;
}

enum mock_refusal mock_world_rollback(struct mock_world *world, struct mock_deployment *deployment)
{
    if (deployment->rollback_created_ms >= 0) {
        return MOCK_REFUSAL_ROLLED_BACK;
    }
    if (deployment->ended_ms < 0) {
        return MOCK_REFUSAL_JOB_RUNNING;
    }
    if (target_is_busy(world, deployment->target)) {
        return MOCK_REFUSAL_BUSY;
    }
    if (!world->setup->rollback.reversible) {
        return MOCK_REFUSAL_NOT_REVERSIBLE;
    }
    world->rollback_count++;
    (void)snprintf(deployment->rollback_id, sizeof deployment->rollback_id, "rollback-%d",
                   world->rollback_count);
    deployment->rollback_created_ms = world->now_ms;
    deployment->rollback_count++;
    deployment->status = MOCK_JOB_ROLLING_BACK;
    mock_world_advance(world, world->now_ms);
    return MOCK_REFUSAL_NONE;
}

static void job_end(struct mock_deployment *deployment, enum mock_job_status status, int64_t at_ms)
{
    deployment->status = status;
    deployment->job_end = status;
    deployment->ended_ms = at_ms;
}

static void job_fail(struct mock_deployment *deployment, const char *reason, int64_t at_ms)
{
    (void)snprintf(deployment->error, sizeof deployment->error, "%s", reason);
    job_end(deployment, MOCK_JOB_FAILED, at_ms);
}

enum mock_refusal mock_world_cancel(struct mock_world *world, struct mock_deployment *deployment)
{
    if (deployment->ended_ms >= 0) {
        return MOCK_REFUSAL_JOB_ENDED;
    }
    job_fail(deployment, "cancelled", world->now_ms);
    return MOCK_REFUSAL_NONE;
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

int64_t mock_deployment_due_ms(const struct mock_world *world,
                               const struct mock_deployment *deployment)
{
    if (deployment->status == MOCK_JOB_ROLLING_BACK) {
        const struct mock_rollback_setup *rollback = &world->setup->rollback;
        return rollback->ends ? deployment->rollback_created_ms + rollback->end_ms : INT64_MAX;
    }
    const struct mock_job_setup *job = &world->setup->job;
    if (deployment->ended_ms >= 0 || deployment->step_index >= job->step_count) {
        return INT64_MAX;
    }
    return deployment->created_ms + job->steps[deployment->step_index].at_ms;
}

static void copy_content(struct mock_deployment *deployment, int percent)
{
    if (percent <= deployment->copied_percent) {
        return;
    }
    deployment->copied_percent = percent;
    size_t total = mock_content_difference(&deployment->before, &deployment->wanted);
    deployment->target->content =
        mock_content_blend(&deployment->before, &deployment->wanted,
                           total * (size_t)deployment->copied_percent / PERCENT);
}

static void job_step(struct mock_world *world, struct mock_deployment *deployment)
{
    const struct mock_job_step *step = &world->setup->job.steps[deployment->step_index++];
    int64_t at_ms = deployment->created_ms + step->at_ms;
    switch (step->event) {
    case MOCK_JOB_EVENT_PROGRESS:
        deployment->status = MOCK_JOB_RUNNING;
        deployment->progress = step->progress;
        copy_content(deployment, step->progress);
        break;
    case MOCK_JOB_EVENT_COMPLETE:
        deployment->progress = PERCENT;
        copy_content(deployment, PERCENT);
        mock_world_version_append(world, deployment->target, deployment->version_wanted, at_ms);
        job_end(deployment, MOCK_JOB_COMPLETED, at_ms);
        break;
    case MOCK_JOB_EVENT_FAIL:
        job_fail(deployment, step->reason, at_ms);
        break;
    }
}

static struct mock_content restored_content(enum mock_restore restore,
                                            const struct mock_deployment *deployment)
{
    const struct mock_content *now = &deployment->target->content;
    size_t total = mock_content_difference(now, &deployment->before);
    switch (restore) {
    case MOCK_RESTORE_ALL:
        return deployment->before;
    case MOCK_RESTORE_HALF:
        return mock_content_blend(now, &deployment->before, total / 2);
    case MOCK_RESTORE_NONE:
        break;
    }
    return *now;
}

static void rollback_end(struct mock_world *world, struct mock_deployment *deployment)
{
    const struct mock_rollback_setup *rollback = &world->setup->rollback;
    int64_t at_ms = deployment->rollback_created_ms + rollback->end_ms;
    deployment->target->content = restored_content(rollback->restore, deployment);
    deployment->rollback_ended_ms = at_ms;
    if (rollback->succeeds) {
        deployment->status = MOCK_JOB_ROLLED_BACK;
        mock_world_version_append(world, deployment->target, deployment->version_before, at_ms);
    } else {
        deployment->status = MOCK_JOB_ROLLBACK_FAILED;
    }
}

void mock_deployment_step(struct mock_world *world, struct mock_deployment *deployment)
{
    if (deployment->status == MOCK_JOB_ROLLING_BACK) {
        rollback_end(world, deployment);
    } else {
        job_step(world, deployment);
    }
}
