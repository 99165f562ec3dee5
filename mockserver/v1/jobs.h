/** How jobs look on the wire. */
#ifndef MOCK_V1_JOBS_H
#define MOCK_V1_JOBS_H

#include "v1/problem.h"
#include "v1/visit.h"

/** A seed server knows no word for rollbacks: its jobs go on saying how they ended. */
const char *mock_job_status_word(const struct mock_api *api,
                                 const struct mock_deployment *deployment);

/** Adds `job_id`, `status`, `progress`, `error`, `rollback_id`. */
void mock_job_add_status(const struct mock_api *api, const struct mock_deployment *deployment,
                         struct mock_body *body);

/** Adds `created_at`, `source_id`, `target_id`. */
void mock_job_add_origin(const struct mock_api *api, const struct mock_deployment *deployment,
                         struct mock_body *body);

/** Appends `Location`, unless the server knows only the seed. */
enum cog_code mock_job_add_location(const struct mock_api *api,
                                    const struct mock_deployment *deployment,
                                    struct mock_plan *plan) COG_CHECK;

/** Appends `Retry-After` when the script asks for it and the job is busy. */
enum cog_code mock_job_add_retry_after(const struct mock_api *api,
                                       const struct mock_deployment *deployment,
                                       struct mock_plan *plan) COG_CHECK;

/** The answer to what the world does not do; @param active_sessions in the target */
enum cog_code mock_answer_refusal(struct mock_plan *plan, enum mock_refusal refusal,
                                  int active_sessions) COG_CHECK;

#endif
