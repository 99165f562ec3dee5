#include "job_json.h"

#include "../plain_text.h"
#include "call.h"

#include <cogbase/json.h>

#include <math.h>
#include <string.h>

enum cog_code cog_v1_id_read(const cJSON *json, const char *name, char out_id[COG_ID_SIZE],
                             struct cog_error *error)
{
    char id[COG_ID_SIZE];
    const enum cog_code code = cog_json_string_copy(json, name, id, sizeof id, error);
    if (code != COG_OK) {
        return code;
    }
    if (!cog_v1_is_id_sound(id)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' is not a usable identifier",
                             name);
    }
    memcpy(out_id, id, sizeof id);
    return COG_OK;
}

bool cog_v1_is_echo_sound(const cJSON *json, const char *name, const char *expected)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(json, name);
    if (field == NULL || cJSON_IsNull(field)) {
        return true;
    }
    return cJSON_IsString(field) && strcmp(field->valuestring, expected) == 0;
}

static void set_status(struct cog_job *job, const char *word)
{
    job->status = cog_job_status_parse(word);
    cog_plain_text_copy(job->status_word, sizeof job->status_word, word);
}

/* Returns whether there is a progress that makes no sense. */
static bool read_progress(const cJSON *json, double *out_progress)
{
    *out_progress = -1;
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(json, "progress");
    if (field == NULL || cJSON_IsNull(field)) {
        return false;
    }
    const double progress = cJSON_IsNumber(field) ? field->valuedouble : -1;
    if (!isfinite(progress) || progress < 0 || progress > 100) {
        return true;
    }
    *out_progress = progress;
    return false;
}

/* A job that failed has failed, whatever the server explains it with. */
static void read_error(const cJSON *json, char error[COG_REASON_SIZE])
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(json, "error");
    if (field == NULL || cJSON_IsNull(field)) {
        return;
    }
    if (cJSON_IsString(field)) {
        cog_plain_text_copy(error, COG_REASON_SIZE, field->valuestring);
        return;
    }
    COG_CLEANUP(cog_string_finish) char *text = cJSON_PrintUnformatted(field);
    cog_plain_text_copy(error, COG_REASON_SIZE, text != NULL ? text : "an unreadable error");
}

static bool read_details(const cJSON *json, struct cog_job *job)
{
    read_error(json, job->error);
    if (cog_v1_id_read(json, "rollback_id", job->rollback_id, NULL) != COG_OK) {
        job->rollback_id[0] = '\0';
    }
    job->retry_after_ms = -1;
    return read_progress(json, &job->progress);
}

enum cog_code cog_v1_status_read(const cJSON *json, const char *job_id, struct cog_job *out_job,
                                 bool *out_is_progress_odd, struct cog_error *error)
{
    struct cog_job job = {0};
    if (!cog_v1_is_echo_sound(json, "job_id", job_id)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "the answer is about another job");
    }
    if (!cog_string_copy(job.job_id, sizeof job.job_id, job_id)) {
        return cog_error_set(error, COG_ERROR_REFUSED, "the job's identifier is too long");
    }
    const char *word = NULL;
    const enum cog_code code = cog_json_string(json, "status", &word, error);
    if (code != COG_OK) {
        return code;
    }
    set_status(&job, word);
    *out_is_progress_odd = read_details(json, &job);
    *out_job = job;
    return COG_OK;
}

enum cog_code cog_v1_job_read(const cJSON *json, const struct cog_promotion_request *request,
                              struct cog_job *out_job, struct cog_error *error)
{
    struct cog_job job = {0};
    const enum cog_code code = cog_v1_id_read(json, "job_id", job.job_id, error);
    if (code != COG_OK) {
        return code;
    }
    if (!cog_v1_is_echo_sound(json, "source_id", request->source_environment_id) ||
        !cog_v1_is_echo_sound(json, "target_id", request->target_environment_id)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "job '%s' is of another source or target",
                             job.job_id);
    }
    const char *word = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "status"));
    set_status(&job, word != NULL ? word : cog_job_status_name(COG_JOB_PENDING));
    (void)read_details(json, &job);
    *out_job = job;
    return COG_OK;
}
