/**
 * The course of one run: everything that must survive when its process is killed. Plain data, which
 * the journal writes down whole at every step.
 */
#ifndef COURSE_H
#define COURSE_H

#include <cogbase/text.h>
#include <cogpromote/report.h>
#include <cogpromote/storage.h>

#include <cjson/cJSON.h>

/* The order of a promotion without trouble, then the detours. */
enum cog_state {
    COG_STATE_AUTHENTICATE,
    COG_STATE_LOCK,     /**< Nobody else may promote into the target meanwhile. */
    COG_STATE_DRAIN,    /**< Wait until no session is active in the target. */
    COG_STATE_CHECK,    /**< Health, and a synthetic conversation. */
    COG_STATE_BASELINE, /**< Note what is there now, to tell later what changed. */
    COG_STATE_PROMOTE,
    COG_STATE_FOLLOW,
    COG_STATE_VERIFY,
    COG_STATE_SETTLE,  /**< The promotion's answer was lost: find out by reading back. */
    COG_STATE_INSPECT, /**< A job that somebody wants to be rolled back: where does it stand? */
    COG_STATE_STOP,    /**< Out of time: end the job, so that it can be rolled back. */
    COG_STATE_ROLL_BACK,
    COG_STATE_FOLLOW_ROLLBACK,
    COG_STATE_VERIFY_RESTORED,
    COG_STATE_END,
};
enum { COG_STATE_COUNT = COG_STATE_END + 1 };

enum {
    COG_API_BASE_SIZE = 2048,
    COG_RETIRED_KEYS_MAX = 8, /* Of more, the oldest are forgotten. */
};

/** `{0}` is the course of a run that has not begun. */
struct cog_course {
    struct cog_report report; /**< Run, environments, job, the first failure, the outcome. */
    char api_base[COG_API_BASE_SIZE];
    char platform_version[COG_ID_SIZE];
    bool resolve_dependencies;
    bool sync_configuration;
    bool override_active_sessions;
    bool include_webhooks;
    bool include_integrations;
    bool is_by_hand; /**< Only a rollback, of a job that somebody named. */

    enum cog_state state;
    enum cog_state last_state;    /**< Where it ended, once `state` is COG_STATE_END. */
    struct cog_metrics baseline;  /**< The target before the promotion. */
    struct cog_deployments known; /**< Deployments from before the promotion. */
    struct cog_job job;           /**< As last seen. */

    char promote_key[COG_UUID_SIZE];
    int64_t promote_count; /**< Promotions sent with `promote_key`. */
    /** Keys that are not sent any more: what was sent with them may arrive late. Newest first. */
    char retired_keys[COG_RETIRED_KEYS_MAX][COG_UUID_SIZE];
    size_t retired_key_count;
    bool promote_is_open;          /**< Sent or about to be, and its fate is not known. */
    enum cog_code promote_refusal; /**< Of the last one sent; COG_OK: it was not refused. */

    char rollback_key[COG_UUID_SIZE];    /**< Empty: a new one is due. */
    bool rollback_is_open;               /**< As `promote_is_open`. */
    bool rollback_may_have_been_applied; /**< A refusal does not deny it. */
    bool rollback_is_accepted;

    bool is_decided;      /**< The outcome stands, also where `state` does not say so yet. */
    int64_t ending_count; /**< How often it has ended: a run that is resumed ends again. */
    bool is_audited;      /**< This ending is in the audit file. */
    bool is_closed;       /**< Nothing is left to do for this ending. */

    char successor[COG_UUID_SIZE]; /**< A run that has promoted into the target since; empty: none.
                                    */

    struct cog_holder holder; /**< The process that is at it, or was. */
};

/**
 * The course of a run that begins.
 *
 * @param out_course only what the request says; texts are copied
 * @return COG_OK or COG_ERROR_CONFIGURATION (a text that is too long)
 */
enum cog_code cog_course_init(const struct cog_promotion_request *request, const char *api_base,
                              struct cog_course *out_course, struct cog_error *error) COG_CHECK;

/** The request that it follows; its texts are borrowed from the course. */
struct cog_promotion_request cog_course_request(const struct cog_course *course);

/** Lets the next promotion have a new key. One of `promote_count` promotions may arrive late. */
void cog_course_retire_key(struct cog_course *course);

/** Whether this run has promoted with that key: not when it is empty. */
bool cog_course_has_key(const struct cog_course *course, const char *key);

/**
 * Appends a journal's entry, which lacks its seal, as RFC 8785 wants it.
 *
 * @param event what has just happened
 * @param out_seal_offset where the order of names wants the seal, behind another member
 */
void cog_course_format(const struct cog_course *course, const char *event, int64_t at_unix_ms,
                       struct cog_text *text, size_t *out_seal_offset);

/**
 * Reads what `cog_course_format` made.
 *
 * @param out_event borrowed from `record`
 * @return COG_OK or COG_ERROR_SYNTAX, which names the member
 */
enum cog_code cog_course_parse(const cJSON *record, struct cog_course *out_course,
                               const char **out_event, int64_t *out_at_unix_ms,
                               struct cog_error *error) COG_CHECK;

/** Whether a promotion was sent, or may have been: then the target may have changed. */
bool cog_course_has_acted(const struct cog_course *course);

/** Whether it has ended, and its record or its notice is missing. */
bool cog_course_is_untold(const struct cog_course *course);

/** Whether there is more to do or to find out than to tell its end, and it may still be done. */
bool cog_course_may_go_on(const struct cog_course *course);

/** Whether there is something left to do, to find out or to tell, by `cogpromote resume`. */
bool cog_course_is_resumable(const struct cog_course *course);

/**
 * Whether another process is at it, as far as can be told: also before it has the lock, and while
 * it waits for that.
 */
bool cog_course_is_at_work(const struct cog_course *course, struct cog_storage storage);

/** Makes a course go on, as below; but an ending that is untold stays one, and is told. */
void cog_course_reopen(struct cog_course *course);

/**
 * Makes a course that was left, or whose ending was not the last word, go on: in the state that
 * finds out what became of the one it was left in. What is untold by now, stays so.
 */
void cog_course_take_up(struct cog_course *course);

/** Whether all that is left of it is an interruption: decided before, and no more to be done. */
bool cog_course_is_interrupted(const struct cog_course *course);

/** "follow", …: as reports and logs name a state; never NULL. */
const char *cog_state_name(enum cog_state state);

/** "follow_rollback", …: as a journal names it, each one once; never NULL. */
const char *cog_state_key(enum cog_state state);

#endif
