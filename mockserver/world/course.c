/* How a deployment goes on: by its timeline, or by hand. */
#include "world/world.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { PERCENT = 100 };

static bool is_rolling_back(const struct mock_deployment *deployment)
{
    return deployment->status == MOCK_JOB_ROLLING_BACK;
}

/* What the rest of a job's time would have needed, and a rollback does not. */
static void release_memory(struct mock_deployment *deployment)
{
    mock_content_finish(&deployment->wanted);
    free(deployment->steps);
    deployment->steps = NULL;
    deployment->step_count = 0;
    deployment->step_index = 0;
}

static void job_end(struct mock_deployment *deployment, enum mock_job_status status, int64_t at_ms)
{
    deployment->status = status;
    deployment->job_end = status;
    deployment->ended_ms = at_ms;
    deployment->held_ms = -1;
    release_memory(deployment);
}

static void copy_content(struct mock_deployment *deployment, int percent, int64_t at_ms)
{
    if (percent <= deployment->copied_percent) {
        return;
    }
    deployment->copied_percent = percent;
    size_t total = mock_content_difference(&deployment->before, &deployment->wanted);
    const size_t count = total * (size_t)deployment->copied_percent / PERCENT;
    mock_content_blend(&deployment->before, &deployment->wanted, count,
                       &deployment->target->content);
    if (count > 0 && deployment->touched_ms < 0) {
        deployment->touched_ms = at_ms;
    }
}

static void job_progress(struct mock_world *world, struct mock_deployment *deployment, int percent,
                         int64_t at_ms)
{
    deployment->status = MOCK_JOB_RUNNING;
    deployment->progress = percent;
    copy_content(deployment, percent, at_ms);
    mock_deployment_tell(world, deployment, MOCK_HAPPENING_JOB_PROGRESS, at_ms);
}

static void job_complete(struct mock_world *world, struct mock_deployment *deployment,
                         int64_t at_ms)
{
    deployment->progress = PERCENT;
    copy_content(deployment, PERCENT, at_ms);
    job_end(deployment, MOCK_JOB_COMPLETED, at_ms);
    mock_deployment_tell(world, deployment, MOCK_HAPPENING_JOB_COMPLETED, at_ms);
    mock_world_version_append(world, deployment->target, deployment->version_wanted, at_ms);
}

static void job_fail(struct mock_world *world, struct mock_deployment *deployment,
                     const char *reason, int64_t at_ms)
{
    (void)snprintf(deployment->error, sizeof deployment->error, "%s", reason);
    job_end(deployment, MOCK_JOB_FAILED, at_ms);
    mock_deployment_tell(world, deployment, MOCK_HAPPENING_JOB_FAILED, at_ms);
}

/* As its timeline says. What cannot be reversed stays failed. */
static void job_fail_in_time(struct mock_world *world, struct mock_deployment *deployment,
                             const char *reason, int64_t at_ms)
{
    job_fail(world, deployment, reason, at_ms);
    if (world->setup->rollback.automatic) {
        const enum mock_refusal refusal = mock_world_rollback(world, deployment);
        (void)refusal;
    }
}

int64_t mock_deployment_due_ms(const struct mock_deployment *deployment)
{
    if (deployment->held_ms >= 0) {
        return INT64_MAX;
    }
    if (is_rolling_back(deployment)) {
        const struct mock_rollback_setup *rollback = &deployment->rollback;
        return rollback->ends
                   ? deployment->rollback_created_ms + deployment->delay_ms + rollback->end_ms
                   : INT64_MAX;
    }
    if (deployment->step_index >= deployment->step_count) {
        return INT64_MAX;
    }
    return deployment->created_ms + deployment->delay_ms +
           deployment->steps[deployment->step_index].at_ms;
}

static void job_step(struct mock_world *world, struct mock_deployment *deployment)
{
    int64_t at_ms = mock_deployment_due_ms(deployment);
    const struct mock_job_step step = deployment->steps[deployment->step_index++];
    switch (step.event) {
    case MOCK_JOB_EVENT_PROGRESS:
        job_progress(world, deployment, step.progress, at_ms);
        break;
    case MOCK_JOB_EVENT_COMPLETE:
        job_complete(world, deployment, at_ms);
        break;
    case MOCK_JOB_EVENT_FAIL:
        job_fail_in_time(world, deployment, step.reason, at_ms);
        break;
    }
}

static void restore_content(struct mock_deployment *deployment)
{
    struct mock_content *now = &deployment->target->content;
    size_t total = mock_content_difference(now, &deployment->before);
    switch (deployment->rollback.restore) {
    case MOCK_RESTORE_ALL:
        mock_content_blend(now, &deployment->before, total, now);
        break;
    case MOCK_RESTORE_HALF:
        mock_content_blend(now, &deployment->before, total / 2, now);
        break;
    case MOCK_RESTORE_NONE:
        break;
    }
}

static void rollback_end(struct mock_world *world, struct mock_deployment *deployment)
{
    int64_t at_ms = mock_deployment_due_ms(deployment);
    restore_content(deployment);
    mock_content_finish(&deployment->before);
    deployment->rollback_ended_ms = at_ms;
    if (deployment->rollback.succeeds) {
        deployment->status = MOCK_JOB_ROLLED_BACK;
        mock_deployment_tell(world, deployment, MOCK_HAPPENING_ROLLED_BACK, at_ms);
        mock_world_version_append(world, deployment->target, deployment->version_before, at_ms);
    } else {
        deployment->status = MOCK_JOB_ROLLBACK_FAILED;
        mock_deployment_tell(world, deployment, MOCK_HAPPENING_ROLLBACK_FAILED, at_ms);
    }
}

void mock_deployment_step(struct mock_world *world, struct mock_deployment *deployment)
{
    if (is_rolling_back(deployment)) {
        rollback_end(world, deployment);
    } else {
        job_step(world, deployment);
    }
}

enum mock_refusal mock_deployment_complete(struct mock_world *world,
                                           struct mock_deployment *deployment)
{
    if (deployment->ended_ms >= 0) {
        return MOCK_REFUSAL_JOB_ENDED;
    }
    job_complete(world, deployment, world->now_ms);
    mock_world_settle(world);
    return MOCK_REFUSAL_NONE;
}

enum mock_refusal mock_deployment_fail(struct mock_world *world, struct mock_deployment *deployment,
                                       const char *reason)
{
    if (deployment->ended_ms >= 0) {
        return MOCK_REFUSAL_JOB_ENDED;
    }
    job_fail(world, deployment, reason, world->now_ms);
    mock_world_settle(world);
    return MOCK_REFUSAL_NONE;
}

/* Else the next step would undo what was set by hand. */
static void skip_steps(struct mock_deployment *deployment, int percent)
{
    while (deployment->step_index < deployment->step_count) {
        const struct mock_job_step *step = &deployment->steps[deployment->step_index];
        if (step->event != MOCK_JOB_EVENT_PROGRESS || step->progress > percent) {
            return;
        }
        deployment->step_index++;
    }
}

enum mock_refusal mock_deployment_progress(struct mock_world *world,
                                           struct mock_deployment *deployment, int percent)
{
    assert(percent >= 0 && percent <= PERCENT);

    if (deployment->ended_ms >= 0) {
        return MOCK_REFUSAL_JOB_ENDED;
    }
    job_progress(world, deployment, percent, world->now_ms);
    skip_steps(deployment, percent);
    mock_world_settle(world);
    return MOCK_REFUSAL_NONE;
}

enum mock_refusal mock_deployment_hold(struct mock_world *world, struct mock_deployment *deployment)
{
    if (!mock_job_status_is_busy(deployment->status)) {
        return MOCK_REFUSAL_JOB_ENDED;
    }
    if (deployment->held_ms < 0) {
        deployment->held_ms = world->now_ms;
        mock_deployment_tell(world, deployment, MOCK_HAPPENING_JOB_HELD, world->now_ms);
        mock_world_settle(world);
    }
    return MOCK_REFUSAL_NONE;
}

enum mock_refusal mock_deployment_release(struct mock_world *world,
                                          struct mock_deployment *deployment)
{
    if (!mock_job_status_is_busy(deployment->status)) {
        return MOCK_REFUSAL_JOB_ENDED;
    }
    if (deployment->held_ms >= 0) {
        deployment->delay_ms += world->now_ms - deployment->held_ms;
        deployment->held_ms = -1;
        mock_deployment_tell(world, deployment, MOCK_HAPPENING_JOB_RELEASED, world->now_ms);
        mock_world_settle(world);
    }
    return MOCK_REFUSAL_NONE;
}
