/**
 * What a promotion needs from a platform, in the platform's notions and without its wire: no URL,
 * no JSON, no HTTP. `client/src/v1/` is the first implementation.
 */
#ifndef COGPROMOTE_PLATFORM_H
#define COGPROMOTE_PLATFORM_H

#include <cogpromote/cancel.h>
#include <cogpromote/error.h>
#include <cogpromote/random.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    COG_ID_SIZE = 256,     /**< Identifiers of jobs, rollbacks, environments, bots. */
    COG_REASON_SIZE = 512, /**< Texts of the platform; longer ones are cut. */
    COG_VERSION_SIZE = 64,
    COG_KEY_SIZE =
        64, /**< Idempotency keys; ours are shorter, so that a cut one is none of them. */
    COG_SCOPES_SIZE = 1024,
    COG_CONTENT_DIGEST_SIZE = 129, /**< The server's own; compared, never computed. */
    COG_DEPLOYMENTS_MAX = 64,      /**< More than these, the newest first, are not looked at. */
};

/** The limits of one call; every pointer is borrowed. */
struct cog_limits {
    int64_t deadline_ms;             /**< Monotonic: no attempt and no wait crosses it. */
    const struct cog_cancel *cancel; /**< May be NULL. */
};

/** What is to be promoted, and how. Every pointer is borrowed. */
struct cog_promotion_request {
    const char *source_environment_id;
    const char *target_environment_id;
    const char *platform_version; /**< Must fit the target's runtime: "v1.18.0". */
    bool resolve_dependencies;
    bool sync_configuration;
    bool override_active_sessions;
    bool include_webhooks;
    bool include_integrations;
};

/** The API's words; a word that nobody knows is COG_JOB_OTHER, which counts as running. */
enum cog_job_status {
    COG_JOB_PENDING,
    COG_JOB_RUNNING,
    COG_JOB_COMPLETED,
    COG_JOB_FAILED,
    COG_JOB_ROLLING_BACK,
    COG_JOB_ROLLED_BACK,
    COG_JOB_ROLLBACK_FAILED,
    COG_JOB_OTHER,
};

struct cog_job {
    char job_id[COG_ID_SIZE];
    enum cog_job_status status;
    char status_word[COG_VERSION_SIZE]; /**< As the server wrote it. */
    double progress;                    /**< 0 to 100; -1 when the answer had none. */
    char error[COG_REASON_SIZE];        /**< Empty for none. */
    char rollback_id[COG_ID_SIZE];      /**< Empty for none. */
    int64_t retry_after_ms;             /**< When to poll next; -1 when the server did not say. */
};

/** Counts by kind; `is_measured` is false where the platform has no such call. */
struct cog_metrics {
    bool is_measured;
    int64_t intents;
    int64_t entities;
    int64_t flows;
    int64_t webhooks;
    int64_t integrations;
    int64_t variables;
    char content_digest[COG_CONTENT_DIGEST_SIZE]; /**< Empty when the answer had none. */
    char version[COG_VERSION_SIZE]; /**< The environment's newest bot version; empty: unknown. */
};

/** What an environment is. */
struct cog_environment {
    char name[COG_ID_SIZE];
    char platform_version[COG_VERSION_SIZE]; /**< Of its runtime; empty: unknown. */
    char bot_id[COG_ID_SIZE];                /**< Empty: unknown. */
};

/** Deployments of one source and target, newest first. */
struct cog_deployments {
    bool is_listed; /**< False where the platform has no such call. */
    size_t count;
    char job_ids[COG_DEPLOYMENTS_MAX][COG_ID_SIZE];
    /** The idempotency keys of the promotions that made them; empty where nobody tells. */
    char keys[COG_DEPLOYMENTS_MAX][COG_KEY_SIZE];
};

/**
 * Every call returns COG_OK or one of COG_ERROR_UNREACHABLE, TIMEOUT, NETWORK, PROTOCOL,
 * UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, REFUSED, THROTTLED, UNAVAILABLE, DEADLINE,
 * CANCELLED, CONFIGURATION (a certificate file), MEMORY, INTERNAL; the acting calls (promote, roll
 * back, cancel) also COG_ERROR_AMBIGUOUS: sent, and perhaps applied. `out_` is written on COG_OK
 * only.
 */
struct cog_platform_ops {
    /** Fetches a token and says what it may do: scopes split by spaces; "" when nobody tells. */
    enum cog_code (*authenticate)(void *context, struct cog_limits limits,
                                  char out_scopes[COG_SCOPES_SIZE], struct cog_error *error);

    /** How many sessions are active; a refusal because of sessions counts as at least one. */
    enum cog_code (*count_sessions)(void *context, const char *environment_id,
                                    struct cog_limits limits, int64_t *out_count,
                                    struct cog_error *error);

    enum cog_code (*check_health)(void *context, struct cog_limits limits, struct cog_error *error);

    /** Lets the environment answer a synthetic message; COG_ERROR_REFUSED when it does not. */
    enum cog_code (*simulate)(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_error *error);

    enum cog_code (*measure)(void *context, const char *environment_id, struct cog_limits limits,
                             struct cog_metrics *out_metrics, struct cog_error *error);

    /** COG_ERROR_NOT_FOUND: no such environment, or no such call. */
    enum cog_code (*describe)(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_environment *out_environment, struct cog_error *error);

    enum cog_code (*list_deployments)(void *context, const char *source_environment_id,
                                      const char *target_environment_id, struct cog_limits limits,
                                      struct cog_deployments *out_deployments,
                                      struct cog_error *error);

    /**
     * Starts a promotion. COG_ERROR_CONFLICT: sessions are active, or another deployment runs
     * (COG_ERROR_REFUSED where the server says so).
     *
     * @param idempotency_key one for each promotion meant, the same when it is repeated
     */
    enum cog_code (*promote)(void *context, const struct cog_promotion_request *request,
                             const char *idempotency_key, struct cog_limits limits,
                             struct cog_job *out_job, struct cog_error *error);

    /**
     * What `promote` would send, for people to read; sends nothing.
     *
     * @param out_text owned by the caller, free() it
     */
    enum cog_code (*preview)(void *context, const struct cog_promotion_request *request,
                             char **out_text, struct cog_error *error);

    /** Asks once, without repeating: following a job is the caller's loop. */
    enum cog_code (*poll)(void *context, const char *job_id, struct cog_limits limits,
                          struct cog_job *out_job, struct cog_error *error);

    /**
     * Starts a rollback. COG_ERROR_REFUSED: the job cannot be reversed. COG_ERROR_CONFLICT: a
     * rollback is running or done, or the job still runs.
     *
     * @param out_job as accepted: its `rollback_id` is empty when the server did not name it
     */
    enum cog_code (*roll_back)(void *context, const char *job_id, const char *idempotency_key,
                               struct cog_limits limits, struct cog_job *out_job,
                               struct cog_error *error);

    /** Asks a running job to end. COG_ERROR_CONFLICT: it has ended. */
    enum cog_code (*cancel)(void *context, const char *job_id, struct cog_limits limits,
                            struct cog_error *error);
};

/** A borrowed reference to some platform: pass it by value, never release it. */
struct cog_platform {
    const struct cog_platform_ops *ops;
    void *context;
};

/** "running", …; never NULL. */
COG_API const char *cog_job_status_name(enum cog_job_status status);

/** The status for a word of the API, compared without letter case. */
COG_API enum cog_job_status cog_job_status_parse(const char *word);

#endif
