/* The target's lock: nobody else who shares the state folder promotes into it meanwhile. */
#include "locking.h"

#include "promotion.h"

#include <string.h>

/**
 * Whether the run that died with the lock may have changed the target: then somebody has to settle
 * that first. A journal that cannot be read settles nothing.
 */
static bool is_unsettled(struct cog_storage storage, const char *run_id)
{
    char name[COG_JOURNAL_NAME_SIZE];
    struct cog_journal_entry entry;
    enum cog_code code = cog_journal_find(storage, run_id, name, NULL);
    if (code == COG_OK) {
        code = cog_journal_read(storage, name, &entry, NULL);
    }
    if (code == COG_ERROR_NOT_FOUND) {
        return false;
    }
    return code != COG_OK ||
           (cog_course_is_resumable(&entry.course) && cog_course_has_acted(&entry.course));
}

static enum cog_code fail_unsettled(const struct cog_lock *found, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_CONFLICT,
                         "run %s died while it promoted into '%s', and its end is not known;"
                         " 'cogpromote resume %s' settles it, 'cogpromote lock release' gives it"
                         " up",
                         found->run_id, found->target_environment_id, found->run_id);
}

static void log_with(const struct cog_lock_quest *quest, enum cog_log_level level,
                     const char *event, struct cog_log_field field)
{
    cog_log_write(quest->log, level, event, &field, 1);
}

/**
 * Waits before asking for the lock again.
 *
 * @return COG_OK, COG_ERROR_CANCELLED, or COG_ERROR_CONFLICT, with `error` as it was, when the time
 * for that is up
 */
static enum cog_code wait_for_release(const struct cog_lock_quest *quest, int64_t until_ms,
                                      struct cog_error *error)
{
    const bool is_limit_its_own = until_ms < quest->deadline_ms;
    const int64_t due_ms = cog_clock_monotonic_ms(quest->clock) + quest->config->poll_interval_ms;
    if (due_ms >= (is_limit_its_own ? until_ms : quest->deadline_ms)) {
        log_with(quest, COG_LOG_DEBUG, "limit",
                 (struct cog_log_field){"name", is_limit_its_own ? "lock_wait" : "timeout"});
        return COG_ERROR_CONFLICT;
    }
    enum cog_code code = cog_clock_sleep_until(quest->clock, due_ms, quest->cancel);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "interrupted");
}

/** The lock of a dead process of this very run has not changed hands. */
static void taken(const struct cog_lock_quest *quest, const char *run_id,
                  const struct cog_lock *found)
{
    if (found->state == COG_LOCK_ABANDONED && strcmp(found->run_id, run_id) != 0) {
        log_with(quest, COG_LOG_WARNING, "lock-taken-over",
                 (struct cog_log_field){"run_id", found->run_id});
    }
}

enum cog_code cog_lock_await(const struct cog_lock_quest *quest, const char *target_environment_id,
                             const char *run_id, struct cog_lock *out_found,
                             struct cog_error *error)
{
    const int64_t until_ms = cog_clock_monotonic_ms(quest->clock) + quest->config->lock_wait_ms;
    char replaced_run_id[COG_UUID_SIZE] = "";
    struct cog_lock_claim claim = {target_environment_id, run_id, quest->config->actor, NULL};
    for (;;) {
        struct cog_lock found = {0};
        enum cog_code code = cog_lock_take(quest->storage, quest->clock, &claim, &found, error);
        if (code == COG_OK) {
            taken(quest, run_id, &found);
            *out_found = found;
        }
        if (code != COG_ERROR_CONFLICT) {
            return code;
        }
        /* Each dead run once: between the look and the taking, somebody else may have come. */
        if (found.state == COG_LOCK_ABANDONED && strcmp(found.run_id, replaced_run_id) != 0) {
            if (is_unsettled(quest->storage, found.run_id)) {
                return fail_unsettled(&found, error);
            }
            memcpy(replaced_run_id, found.run_id, sizeof replaced_run_id);
            claim.replaces_run_id = replaced_run_id;
            continue;
        }
        log_with(quest, COG_LOG_INFO, "lock-held",
                 (struct cog_log_field){"reason", error != NULL ? error->message : NULL});
        code = wait_for_release(quest, until_ms, error);
        if (code != COG_OK) {
            return code;
        }
    }
}

enum cog_event cog_lock_target(struct cog_promotion *promotion)
{
    const struct cog_lock_quest quest = {
        .storage = promotion->journal->storage,
        .clock = promotion->clock,
        .log = promotion->log,
        .config = promotion->config,
        .cancel = promotion->cancel,
        .deadline_ms = promotion->deadline_ms,
    };
    struct cog_lock found = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_lock_await(&quest, promotion->request.target_environment_id,
                                        promotion->course->report.run_id, &found, &error);
    if (code == COG_OK) {
        promotion->is_locked = true;
        return promotion->course->is_by_hand ? COG_EVENT_UNWANTED : COG_EVENT_PASSED;
    }
    if (code == COG_ERROR_CANCELLED) {
        return cog_promotion_end_untouched(promotion, &error);
    }
    enum cog_outcome outcome =
        code == COG_ERROR_CONFLICT ? COG_OUTCOME_LOCKED : COG_OUTCOME_INTERNAL;
    return cog_promotion_end(promotion, outcome, COG_TARGET_UNTOUCHED, &error);
}
