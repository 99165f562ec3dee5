#include "calls.h"

#include "../http_status.h"
#include "../problem.h"
#include "../retry_after.h"
#include "call.h"
#include "job_json.h"

#include <cogbase/json.h>

#include <stdio.h>
#include <string.h>

static enum cog_code read_status(const struct cog_v1 *v1, const struct cog_response *response,
                                 const char *job_id, struct cog_job *out_job,
                                 struct cog_error *error)
{
    if (response->status != 200) {
        return cog_v1_answer_fail(v1, response, error);
    }
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    bool is_progress_odd = false;
    enum cog_code code = cog_v1_object_parse(v1, response, &json, error);
    if (code == COG_OK) {
        code = cog_v1_status_read(json, job_id, out_job, &is_progress_odd, error);
    }
    if (code != COG_OK) {
        cog_v1_head_note(v1, response, error);
        return code;
    }
    if (cog_token_appears_in(v1->tokens, out_job->error)) {
        (void)snprintf(out_job->error, sizeof out_job->error, "a reason that repeats a secret");
    }
    if (is_progress_odd) {
        const struct cog_log_field field = {"job_id", out_job->job_id};
        cog_log_write(v1->log, COG_LOG_WARNING, "job-progress-invalid", &field, 1);
    }
    out_job->retry_after_ms = cog_retry_after_ms(response, cog_clock_unix_ms(v1->clock));
    return COG_OK;
}

enum cog_code cog_v1_poll(void *context, const char *job_id, struct cog_limits limits,
                          struct cog_job *out_job, struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    enum cog_code code = cog_v1_path_format("/deployments/", job_id, "/status", &path, error);
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    if (code == COG_OK) {
        const struct cog_v1_call call = {.name = "status", .path = path, .attempts_max = 1};
        code = cog_v1_call_send(v1, &call, limits, &response, error);
    }
    if (code == COG_OK) {
        code = read_status(v1, &response, job_id, out_job, error);
    }
    return code == COG_OK ? code : cog_error_wrap(error, code, "poll job '%s'", job_id);
}

/* The body is of no account for the success: a client accepts an empty one. */
static void read_rollback_id(const struct cog_v1 *v1, const struct cog_response *response,
                             char rollback_id[COG_ID_SIZE])
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    if (cog_v1_object_parse(v1, response, &json, NULL) != COG_OK ||
        cog_v1_id_read(json, "rollback_id", rollback_id, NULL) != COG_OK) {
        rollback_id[0] = '\0';
    }
}

/* Somebody else's job in the target, not this one's: its end is not ours to wait for, because a
 * rollback would then take away what it has promoted. */
static bool is_other_deployment(const struct cog_response *response)
{
    COG_CLEANUP(cog_json_finish) cJSON *problem = cog_problem_parse(response);
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(problem, "type"));
    return type != NULL && strstr(type, "deployment-in-progress") != NULL;
}

static enum cog_code fail_rollback(const struct cog_v1 *v1, const struct cog_response *response,
                                   struct cog_error *error)
{
    const enum cog_code code = cog_v1_acting_fail(v1, response, error);
    if (code == COG_ERROR_CONFLICT && is_other_deployment(response)) {
        return cog_error_wrap(error, COG_ERROR_REFUSED, "another deployment is running");
    }
    return code;
}

enum cog_code cog_v1_roll_back(void *context, const char *job_id, const char *idempotency_key,
                               struct cog_limits limits, struct cog_job *out_job,
                               struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    enum cog_code code = cog_v1_path_format("/deployments/", job_id, "/rollback", &path, error);
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    if (code == COG_OK) {
        const struct cog_v1_call call = {
            .name = "rollback", .path = path, .idempotency_key = idempotency_key, .acts = true};
        code = cog_v1_call_send(v1, &call, limits, &response, error);
    }
    if (code == COG_OK && cog_http_status_code(response.status) != COG_OK) {
        code = fail_rollback(v1, &response, error);
    }
    if (code != COG_OK) {
        return cog_error_wrap(error, code, "roll job '%s' back", job_id);
    }
    struct cog_job job = {
        .status = COG_JOB_ROLLING_BACK,
        .progress = -1,
        .retry_after_ms = cog_retry_after_ms(&response, cog_clock_unix_ms(v1->clock)),
    };
    (void)snprintf(job.job_id, sizeof job.job_id, "%s", job_id);
    read_rollback_id(v1, &response, job.rollback_id);
    *out_job = job;
    return COG_OK;
}

enum cog_code cog_v1_cancel(void *context, const char *job_id, struct cog_limits limits,
                            struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    enum cog_code code = cog_v1_path_format("/deployments/", job_id, "/cancel", &path, error);
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    if (code == COG_OK) {
        const struct cog_v1_call call = {.name = "cancel", .path = path, .acts = true};
        code = cog_v1_call_send(v1, &call, limits, &response, error);
    }
    if (code == COG_OK && cog_http_status_code(response.status) != COG_OK) {
        code = cog_v1_acting_fail(v1, &response, error);
    }
    return code == COG_OK ? code : cog_error_wrap(error, code, "cancel job '%s'", job_id);
}
