/** Promotions, the jobs that carry them out, and their rollbacks. */
#ifndef MOCK_WORLD_DEPLOYMENT_H
#define MOCK_WORLD_DEPLOYMENT_H

#include "world/happening.h"
#include "world/platform.h"
#include "world/setup.h"

struct mock_world;

enum {
    MOCK_DEPLOYMENTS_MAX = 4096,
    MOCK_JOB_ID_SIZE = 32,
    MOCK_KEY_SIZE = 256, /**< Idempotency keys; not kept: longer ones, others than ASCII. */
};

enum mock_job_status {
    MOCK_JOB_PENDING,
    MOCK_JOB_RUNNING,
    MOCK_JOB_COMPLETED,
    MOCK_JOB_FAILED,
    MOCK_JOB_ROLLING_BACK,
    MOCK_JOB_ROLLED_BACK,
    MOCK_JOB_ROLLBACK_FAILED,
};

/** In the API's words: "pending", "running", …, in the order of the enum; ends with NULL. */
const char *const *mock_job_status_names(void);

/** One of them. */
const char *mock_job_status_name(enum mock_job_status status);

/** Whether the status will change by itself: work into the target is going on. */
bool mock_job_status_is_busy(enum mock_job_status status);

/** What is asked for. */
struct mock_promotion {
    struct mock_environment *source;
    struct mock_environment *target;
    struct mock_platform needs;
    bool resolve_dependencies;
    bool sync_configuration;
    bool override_active_sessions;
    bool include_webhooks;
    bool include_integrations;
    const char *idempotency_key; /**< NULL for none. */
};

/** `{0}` is safe to finish. */
struct mock_deployment {
    char job_id[MOCK_JOB_ID_SIZE];
    char rollback_id[MOCK_JOB_ID_SIZE];  /**< Empty before a rollback. */
    char idempotency_key[MOCK_KEY_SIZE]; /**< Of the promotion; empty for none. */
    struct mock_environment *source;
    struct mock_environment *target;
    enum mock_job_status status;
    enum mock_job_status job_end; /**< COMPLETED or FAILED; RUNNING until it ended. */
    int progress;
    char error[MOCK_REASON_SIZE]; /**< Empty for none. */
    int64_t created_ms;
    int64_t touched_ms;          /**< When the target first had something of it; -1: not yet. */
    int64_t ended_ms;            /**< -1 while the job runs. */
    int64_t rollback_created_ms; /**< -1 for none. */
    int64_t rollback_ended_ms;   /**< -1: none, or it still runs. */
    int rollback_count;
    int sessions_at_start;
    bool sessions_overridden;
    /** The timeline that it began with, whatever the setup says now. Owned; none after its end. */
    struct mock_job_step *steps;
    size_t step_count;
    size_t step_index;          /**< The next step. */
    int64_t delay_ms;           /**< By so much later than the timeline, after it was held. */
    int64_t held_ms;            /**< Nothing happens by itself since then; -1 for not held. */
    int copied_percent;         /**< Copying never goes back, whatever `progress` says. */
    struct mock_content before; /**< The snapshot of the target; empty after a rollback's end. */
    struct mock_content wanted; /**< The target when all is copied; empty after the job's end. */
    int version_before;
    int version_wanted;
    struct mock_rollback_setup rollback; /**< As it was when the rollback began. */
};

/** Why the world does not do what it is asked for. */
enum mock_refusal {
    MOCK_REFUSAL_NONE,
    MOCK_REFUSAL_SAME_ENVIRONMENT,
    MOCK_REFUSAL_PLATFORM,
    MOCK_REFUSAL_BUSY,           /**< Another deployment or rollback works on the target. */
    MOCK_REFUSAL_SESSIONS,       /**< Active in the target. */
    MOCK_REFUSAL_FULL,           /**< MOCK_DEPLOYMENTS_MAX. */
    MOCK_REFUSAL_JOB_RUNNING,    /**< A rollback must wait for the end of the job. */
    MOCK_REFUSAL_JOB_ENDED,      /**< Nothing left to cancel. */
    MOCK_REFUSAL_ROLLED_BACK,    /**< A rollback runs already, or is done. */
    MOCK_REFUSAL_NOT_REVERSIBLE, /**< The snapshot is corrupted. */
    MOCK_REFUSAL_SUPERSEDED,     /**< Another deployment changed the target since. */
};

/**
 * Starts a promotion, unless there is a reason not to.
 *
 * @param out_deployment borrowed from `world`; untouched when refused
 * @return COG_OK, also when refused; COG_ERROR_MEMORY
 */
enum cog_code mock_world_promote(struct mock_world *world, const struct mock_promotion *promotion,
                                 enum mock_refusal *out_refusal,
                                 struct mock_deployment **out_deployment) COG_CHECK;

/** Starts a rollback, unless there is a reason not to. */
enum mock_refusal mock_world_rollback(struct mock_world *world,
                                      struct mock_deployment *deployment) COG_CHECK;

/** Ends a job as failed, unless it has ended. */
enum mock_refusal mock_world_cancel(struct mock_world *world,
                                    struct mock_deployment *deployment) COG_CHECK;

/** Whether a deployment or rollback works on an environment. */
bool mock_world_target_is_busy(const struct mock_world *world,
                               const struct mock_environment *target);

/** NULL when there is none of that id. */
struct mock_deployment *mock_world_deployment_find(const struct mock_world *world,
                                                   const char *job_id);

/** Neither of a job nor of a rollback so far. @return owned; NULL for no memory */
struct mock_deployment *mock_deployment_create_empty(void) COG_CHECK;

/** NULL does nothing. */
void mock_deployment_destroy(struct mock_deployment *deployment);

/** Adds a deployment, which the world owns then. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_world_deployment_append(struct mock_world *world,
                                           struct mock_deployment *deployment) COG_CHECK;

/** Tells the observer of the world that something happened to a deployment. */
void mock_deployment_tell(const struct mock_world *world, const struct mock_deployment *deployment,
                          enum mock_happening_kind kind, int64_t at_ms);

/** When the next step of a deployment is due; INT64_MAX for never. */
int64_t mock_deployment_due_ms(const struct mock_deployment *deployment);

/** Takes the step that is due next. */
void mock_deployment_step(struct mock_world *world, struct mock_deployment *deployment);

/*
 * By hand, from now on. An end frees the target for the next one; what was copied stays copied.
 * @return MOCK_REFUSAL_JOB_ENDED for a job that has ended
 */

/** Ends a job as completed: all is copied. */
enum mock_refusal mock_deployment_complete(struct mock_world *world,
                                           struct mock_deployment *deployment) COG_CHECK;

/** Ends a job as failed, with the target as far as it is. @param reason cut at MOCK_REASON_SIZE */
enum mock_refusal mock_deployment_fail(struct mock_world *world, struct mock_deployment *deployment,
                                       const char *reason) COG_CHECK;

/**
 * Sets the progress, and copies as far. The timeline goes on with the first step that is further.
 *
 * @param percent 0 to 100; 100 is not the end
 */
enum mock_refusal mock_deployment_progress(struct mock_world *world,
                                           struct mock_deployment *deployment,
                                           int percent) COG_CHECK;

/** Stops the timeline of a job or rollback until it is released. */
enum mock_refusal mock_deployment_hold(struct mock_world *world,
                                       struct mock_deployment *deployment) COG_CHECK;

/** Lets it go on where it was; its steps come later by the time that it was held. */
enum mock_refusal mock_deployment_release(struct mock_world *world,
                                          struct mock_deployment *deployment) COG_CHECK;

#endif
