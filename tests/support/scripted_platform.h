/** A platform whose answers are written down beforehand, and which notes what it was asked. */
#ifndef SUPPORT_SCRIPTED_PLATFORM_H
#define SUPPORT_SCRIPTED_PLATFORM_H

#include <cogpromote/clock.h>
#include <cogpromote/platform.h>

enum { SCRIPTED_MAX = 64 };

/**
 * The n-th call takes the n-th answer. A zeroed answer is success: no sessions, healthy, listed
 * without deployments, accepted as "job-1", content digest "same". Behind the last poll, that one
 * is repeated; without any, the job is completed.
 */
struct scripted_platform {
    const char *scopes;
    struct cog_clock_virtual *clock; /**< May be NULL; else a call takes `call_ms` on it. */
    int64_t call_ms;

    struct cog_cancel *signal; /**< May be NULL; requested in the middle of a call: */
    bool signal_comes_at_promote;
    bool signal_comes_at_poll;

    enum cog_code authenticate[SCRIPTED_MAX];
    struct {
        enum cog_code code;
        int64_t count;
    } sessions[SCRIPTED_MAX];
    enum cog_code health[SCRIPTED_MAX];
    enum cog_code simulate[SCRIPTED_MAX];
    struct {
        enum cog_code code;
        bool is_missing; /**< The platform has no such call. */
        int64_t intents;
        const char *digest; /**< NULL for "same". */
    } metrics[SCRIPTED_MAX];
    struct {
        enum cog_code code;
        bool is_missing;
        const char *job_id; /**< NULL for an empty list. */
        const char *key;    /**< Of its promotion; NULL: none is told. */
        bool has_our_key;   /**< That of the first promotion that was sent. */
    } lists[SCRIPTED_MAX];
    enum cog_code promote[SCRIPTED_MAX];
    int64_t promote_retry_after_ms; /**< 0: the server did not say. */
    struct {
        enum cog_code code;
        enum cog_job_status status;
        const char *error;
        int64_t retry_after_ms; /**< 0: the server did not say. */
        bool says_at_once;      /**< It said 0. */
        double progress;        /**< 0: it did not say. */
    } polls[SCRIPTED_MAX];
    size_t poll_count;
    enum cog_code roll_back[SCRIPTED_MAX];
    int64_t rollback_retry_after_ms; /**< 0: the server did not say. */
    enum cog_code cancel[SCRIPTED_MAX];

    struct {
        size_t authenticate, sessions, health, simulate, metrics, lists, promote, polls, roll_back,
            cancel;
    } asked;
    char promote_keys[SCRIPTED_MAX][COG_UUID_SIZE];
    char rollback_keys[SCRIPTED_MAX][COG_UUID_SIZE];
};

struct cog_platform scripted_platform(struct scripted_platform *script);

#endif
