/* The target's lock: nobody else who shares the state folder promotes into it meanwhile. */
#include "promotion.h"

#include <cogpromote/lock.h>

#include <string.h>

/**
 * Whether the run that died with the lock may have changed the target: then somebody has to settle
 * that first. A journal that cannot be read settles nothing.
 */
static bool is_unsettled(const struct cog_promotion *promotion, const char *run_id)
{
    char name[COG_JOURNAL_NAME_SIZE];
    struct cog_journal_entry entry;
    enum cog_code code = cog_journal_find(promotion->journal->storage, run_id, name, NULL);
    if (code == COG_OK) {
        code = cog_journal_read(promotion->journal->storage, name, &entry, NULL);
    }
    if (code == COG_ERROR_NOT_FOUND) {
        return false;
    }
    return code != COG_OK ||
           (cog_course_is_resumable(&entry.course) && cog_course_has_acted(&entry.course));
}

static enum cog_event end_locked(struct cog_promotion *promotion, const struct cog_error *error)
{
    return cog_promotion_end(promotion, COG_OUTCOME_LOCKED, COG_TARGET_UNTOUCHED, error);
}

static enum cog_event end_unsettled(struct cog_promotion *promotion, const struct cog_lock *found)
{
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_CONFLICT,
                        "run %s died while it promoted into '%s', and its end is not known;"
                        " 'cogpromote resume %s' settles it, 'cogpromote lock release' gives it up",
                        found->run_id, found->target_environment_id, found->run_id);
    return end_locked(promotion, &error);
}

static enum cog_event locked(struct cog_promotion *promotion, const struct cog_lock *found)
{
    promotion->is_locked = true;
    if (found->state == COG_LOCK_ABANDONED) {
        cog_promotion_log(promotion, COG_LOG_WARNING, "lock-taken-over", "run_id", found->run_id);
    }
    return promotion->course->is_by_hand ? COG_EVENT_UNWANTED : COG_EVENT_PASSED;
}

/** Waits before asking for the lock again. @return false when the time for that is up */
static bool wait_for_release(const struct cog_promotion *promotion, int64_t until_ms,
                             struct cog_error *error)
{
    struct cog_limits limits = cog_promotion_limits(promotion);
    struct cog_error pause_error = {0};
    if (until_ms < limits.deadline_ms) {
        limits.deadline_ms = until_ms;
    }
    if (cog_promotion_pause(promotion, promotion->config->poll_interval_ms, limits, &pause_error) ==
        COG_OK) {
        return true;
    }
    if (pause_error.code == COG_ERROR_CANCELLED) {
        *error = pause_error;
    } else {
        cog_promotion_log_limit(promotion,
                                until_ms < promotion->deadline_ms ? "lock_wait" : "timeout");
    }
    return false;
}

enum cog_event cog_lock_target(struct cog_promotion *promotion)
{
    const int64_t until_ms =
        cog_clock_monotonic_ms(promotion->clock) + promotion->config->lock_wait_ms;
    char replaced_run_id[COG_UUID_SIZE] = "";
    struct cog_lock_claim claim = {
        .target_environment_id = promotion->request.target_environment_id,
        .run_id = promotion->course->report.run_id,
        .actor = promotion->config->actor,
    };
    for (;;) {
        struct cog_lock found = {0};
        struct cog_error error = {0};
        enum cog_code code =
            cog_lock_take(promotion->journal->storage, promotion->clock, &claim, &found, &error);
        if (code == COG_OK) {
            return locked(promotion, &found);
        }
        if (code != COG_ERROR_CONFLICT) {
            return cog_promotion_end(promotion, COG_OUTCOME_INTERNAL, COG_TARGET_UNTOUCHED, &error);
        }
        /* Each dead run once: between the look and the taking, somebody else may have come. */
        if (found.state == COG_LOCK_ABANDONED && strcmp(found.run_id, replaced_run_id) != 0) {
            if (is_unsettled(promotion, found.run_id)) {
                return end_unsettled(promotion, &found);
            }
            memcpy(replaced_run_id, found.run_id, sizeof replaced_run_id);
            claim.replaces_run_id = replaced_run_id;
            continue;
        }
        cog_promotion_log(promotion, COG_LOG_INFO, "lock-held", "reason", error.message);
        if (!wait_for_release(promotion, until_ms, &error)) {
            return error.code == COG_ERROR_CANCELLED
                       ? cog_promotion_end_untouched(promotion, &error)
                       : end_locked(promotion, &error);
        }
    }
}
