#include "v1/jobs.h"

#include "v1/retry_after.h"

#include <cogbase/stamp.h>

#include <stdio.h>

enum { LOCATION_SIZE = 160 };

static const struct refusal {
    int status;
    const char *name;
    const char *detail;
} refusals[] = {
    [MOCK_REFUSAL_NONE] = {0, "", ""},
    [MOCK_REFUSAL_SAME_ENVIRONMENT] = {MOCK_STATUS_UNPROCESSABLE, "same-environment",
                                       "source and target are the same environment"},
    [MOCK_REFUSAL_PLATFORM] = {MOCK_STATUS_UNPROCESSABLE, "platform-mismatch",
                               "the target's platform does not fit the wanted version"},
    [MOCK_REFUSAL_BUSY] = {MOCK_STATUS_CONFLICT, "deployment-in-progress",
                           "another deployment into the target is in progress"},
    [MOCK_REFUSAL_SESSIONS] = {MOCK_STATUS_CONFLICT, "active-sessions",
                               "the target has active sessions"},
    [MOCK_REFUSAL_FULL] = {MOCK_STATUS_UNAVAILABLE, "too-many-deployments",
                           "the server keeps no more deployments"},
    [MOCK_REFUSAL_JOB_RUNNING] = {MOCK_STATUS_CONFLICT, "job-running", "the job is still running"},
    [MOCK_REFUSAL_JOB_ENDED] = {MOCK_STATUS_CONFLICT, "job-ended", "the job has ended"},
    [MOCK_REFUSAL_ROLLED_BACK] = {MOCK_STATUS_CONFLICT, "rollback-exists",
                                  "the job is being rolled back, or was"},
    [MOCK_REFUSAL_NOT_REVERSIBLE] = {MOCK_STATUS_BAD_REQUEST, "not-reversible",
                                     "the snapshot is corrupted"},
    [MOCK_REFUSAL_SUPERSEDED] = {MOCK_STATUS_BAD_REQUEST, "superseded",
                                 "another deployment has changed the target since"},
};

const char *mock_job_status_word(const struct mock_api *api,
                                 const struct mock_deployment *deployment)
{
    bool is_seed_end = api->behaviour->seed_only && deployment->ended_ms >= 0;
    return mock_job_status_name(is_seed_end ? deployment->job_end : deployment->status);
}

void mock_job_add_status(const struct mock_api *api, const struct mock_deployment *deployment,
                         struct mock_body *body)
{
    mock_body_string(body, "job_id", deployment->job_id);
    mock_body_string(body, "status", mock_job_status_word(api, deployment));
    mock_body_integer(body, "progress", deployment->progress);
    if (api->behaviour->seed_only) {
        return; /* The rest is optional there. */
    }
    if (deployment->error[0] != '\0') {
        mock_body_string(body, "error", deployment->error);
    }
    if (deployment->rollback_id[0] != '\0') {
        mock_body_string(body, "rollback_id", deployment->rollback_id);
    }
}

void mock_job_add_origin(const struct mock_api *api, const struct mock_deployment *deployment,
                         struct mock_body *body)
{
    char created_at[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(mock_api_unix_ms(api, deployment->created_ms), created_at);
    mock_body_string(body, "created_at", created_at);
    mock_body_string(body, "source_id", deployment->source->setup->id);
    mock_body_string(body, "target_id", deployment->target->setup->id);
}

enum cog_code mock_job_add_location(const struct mock_api *api,
                                    const struct mock_deployment *deployment,
                                    struct mock_plan *plan)
{
    if (api->behaviour->seed_only) {
        return COG_OK;
    }
    char location[LOCATION_SIZE];
    (void)snprintf(location, sizeof location, "%s" MOCK_API_BASE "/deployments/%s/status",
                   api->prefix, deployment->job_id);
    return mock_plan_header_append(plan, "Location", location);
}

enum cog_code mock_job_add_retry_after(const struct mock_api *api,
                                       const struct mock_deployment *deployment,
                                       struct mock_plan *plan)
{
    const struct mock_behaviour *behaviour = api->behaviour;
    if (behaviour->seed_only || behaviour->poll_retry_after_ms < 0 ||
        !mock_job_status_is_busy(deployment->status)) {
        return COG_OK;
    }
    const struct mock_retry_after retry_after = {
        .form = MOCK_RETRY_AFTER_SECONDS,
        .after_ms = behaviour->poll_retry_after_ms,
    };
    return mock_answer_retry_after(plan, &retry_after, 0);
}

enum cog_code mock_answer_refusal(struct mock_plan *plan, enum mock_refusal refusal,
                                  int active_sessions)
{
    const struct mock_problem problem = {
        .status = refusals[refusal].status,
        .name = refusals[refusal].name,
        .active_sessions = refusal == MOCK_REFUSAL_SESSIONS ? active_sessions : 0,
    };
    return mock_answer_problem(plan, &problem, "%s", refusals[refusal].detail);
}
