/** A job, or the status of one, in an answer. */
#ifndef V1_JOB_JSON_H
#define V1_JOB_JSON_H

#include <cogpromote/platform.h>

#include <cjson/cJSON.h>

/**
 * Reads the status of a job that was asked for.
 *
 * @param job_id the answer's must be the same, where it has one
 * @param out_is_progress_odd a progress that makes no sense was left out
 * @return COG_OK or COG_ERROR_PROTOCOL
 */
enum cog_code cog_v1_status_read(const cJSON *json, const char *job_id, struct cog_job *out_job,
                                 bool *out_is_progress_odd, struct cog_error *error) COG_CHECK;

/** Reads the job that a promotion started. @return COG_OK or COG_ERROR_PROTOCOL */
enum cog_code cog_v1_job_read(const cJSON *json, const struct cog_promotion_request *request,
                              struct cog_job *out_job, struct cog_error *error) COG_CHECK;

/** Copies an identifier that the server chose. @return COG_OK or COG_ERROR_PROTOCOL */
enum cog_code cog_v1_id_read(const cJSON *json, const char *name, char out_id[COG_ID_SIZE],
                             struct cog_error *error) COG_CHECK;

/** Whether a member is absent, or the text that was expected. */
bool cog_v1_is_echo_sound(const cJSON *json, const char *name, const char *expected);

#endif
