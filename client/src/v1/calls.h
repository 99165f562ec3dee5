/** The calls of v1, each as `struct cog_platform_ops` describes it; `context` is a `cog_v1`. */
#ifndef V1_CALLS_H
#define V1_CALLS_H

#include <cogpromote/platform.h>

enum cog_code cog_v1_authenticate(void *context, struct cog_limits limits,
                                  char out_scopes[COG_SCOPES_SIZE], struct cog_error *error);

enum cog_code cog_v1_count_sessions(void *context, const char *environment_id,
                                    struct cog_limits limits, int64_t *out_count,
                                    struct cog_error *error);

enum cog_code cog_v1_check_health(void *context, struct cog_limits limits, struct cog_error *error);

enum cog_code cog_v1_simulate(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_error *error);

enum cog_code cog_v1_measure(void *context, const char *environment_id, struct cog_limits limits,
                             struct cog_metrics *out_metrics, struct cog_error *error);

enum cog_code cog_v1_describe(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_environment *out_environment, struct cog_error *error);

enum cog_code cog_v1_list_deployments(void *context, const char *source_environment_id,
                                      const char *target_environment_id, struct cog_limits limits,
                                      struct cog_deployments *out_deployments,
                                      struct cog_error *error);

enum cog_code cog_v1_promote(void *context, const struct cog_promotion_request *request,
                             const char *idempotency_key, struct cog_limits limits,
                             struct cog_job *out_job, struct cog_error *error);

enum cog_code cog_v1_preview(void *context, const struct cog_promotion_request *request,
                             char **out_text, struct cog_error *error);

enum cog_code cog_v1_poll(void *context, const char *job_id, struct cog_limits limits,
                          struct cog_job *out_job, struct cog_error *error);

enum cog_code cog_v1_roll_back(void *context, const char *job_id, const char *idempotency_key,
                               struct cog_limits limits, struct cog_job *out_job,
                               struct cog_error *error);

enum cog_code cog_v1_cancel(void *context, const char *job_id, struct cog_limits limits,
                            struct cog_error *error);

#endif
