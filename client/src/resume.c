#include "closing.h"
#include "locking.h"
#include "observer.h"
#include "succession.h"

#include <cogpromote/run.h>

#include <inttypes.h>
#include <string.h>

/** What a run is opened for that somebody else has left. */
enum purpose {
    PURPOSE_FINISH,  /**< To go on, or to tell the end that it had and nobody has heard of. */
    PURPOSE_TAKE_UP, /**< To go on: what was to be told, was told as far as that could be done. */
};

/** The only run that can be resumed. */
static enum cog_code pick(struct cog_storage storage, char out_run_id[COG_UUID_SIZE],
                          struct cog_error *error)
{
    struct cog_run_list list = {0};
    enum cog_code code = cog_run_list_read(storage, &list, error);
    const struct cog_run_status *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].is_resumable) {
            only = &list.items[i];
            count++;
        }
    }
    if (code == COG_OK && count == 0) {
        code = cog_error_set(error, COG_ERROR_NOT_FOUND, "there is no run to resume");
    } else if (code == COG_OK && count > 1) {
        code = cog_error_set(error, COG_ERROR_ARGUMENT,
                             "%zu runs can be resumed; name one of those that 'cogpromote status'"
                             " shows",
                             count);
    } else if (code == COG_OK) {
        memcpy(out_run_id, only->report.run_id, COG_UUID_SIZE);
    }
    cog_run_list_finish(&list);
    return code;
}

static enum cog_code check_platform(const struct cog_run *run, struct cog_error *error)
{
    if (strcmp(run->course->api_base, run->client->api_base) != 0) {
        return cog_error_set(
            error, COG_ERROR_CONFIGURATION, "run %s is of the platform at '%s', not at '%s'",
            run->course->report.run_id, run->course->api_base, run->client->api_base);
    }
    return COG_OK;
}

/** A run whose process lives is not dead, also where it has no lock yet. */
static enum cog_code check_holder(const struct cog_run *run, struct cog_error *error)
{
    const struct cog_course *course = run->course;
    if (cog_course_is_at_work(course, run->client->seams.storage)) {
        return cog_error_set(error, COG_ERROR_CONFLICT,
                             "run %s is at work: process %" PRId64 " on this host; let it end, or"
                             " stop it",
                             course->report.run_id, course->holder.pid);
    }
    return COG_OK;
}

/** A run is resumed by one process at a time. */
static enum cog_code lock(struct cog_run *run, struct cog_error *error)
{
    const struct cog_seams *seams = &run->client->seams;
    const struct cog_config *config = run->client->config;
    const struct cog_report *report = &run->course->report;
    struct cog_observer observer = {seams->log, run->watch.observer};
    const struct cog_lock_quest quest = {
        .storage = seams->storage,
        .clock = seams->clock,
        .log = cog_observer_log(&observer),
        .config = config,
        .cancel = run->watch.cancel,
        .deadline_ms = cog_clock_monotonic_ms(seams->clock) + config->timeout_ms,
    };
    struct cog_lock found = {0};
    enum cog_code code =
        cog_lock_await(&quest, report->target_environment_id, report->run_id, &found, error);
    if (code == COG_OK && found.state == COG_LOCK_HELD) {
        /* A run may take its own lock again: another thread of this very process is at it. */
        return cog_error_set(error, COG_ERROR_CONFLICT, "run %s is at work in this process",
                             report->run_id);
    }
    run->is_locked = code == COG_OK;
    return code;
}

/**
 * What only is to be told, is told whatever came after it. That makes it the later one of both, so
 * that who came after it is noted.
 */
static enum cog_code check_successor(const struct cog_run *run, enum purpose purpose,
                                     const struct cog_journal_entry *entry, struct cog_error *error)
{
    struct cog_course *course = run->course;
    const bool is_only_told = purpose == PURPOSE_FINISH && cog_course_is_untold(course);
    enum cog_code code = COG_OK;
    if (cog_course_may_go_on(course)) {
        code = cog_succession_find(run->client->seams.storage, entry, course->successor, error);
    }
    if (code == COG_OK && course->successor[0] != '\0' && !is_only_told) {
        code = cog_error_set(error, COG_ERROR_NOT_FOUND,
                             "run %s is not taken up any more: run %s has promoted into '%s' since",
                             course->report.run_id, course->successor,
                             course->report.target_environment_id);
    }
    return code;
}

/** Where the journal stands now. */
static enum cog_code load(struct cog_run *run, enum purpose purpose, struct cog_error *error)
{
    struct cog_journal_entry entry;
    enum cog_code code =
        cog_journal_read(run->client->seams.storage, run->journal.name, &entry, error);
    if (code == COG_OK) {
        *run->course = entry.course;
        code = check_platform(run, error);
    }
    if (code == COG_OK) {
        code = check_holder(run, error);
    }
    return code == COG_OK ? check_successor(run, purpose, &entry, error) : code;
}

/** With the lock: whoever had it until now may have brought the run further, or to its end. */
static enum cog_code take_up(struct cog_run *run, enum purpose purpose, struct cog_error *error)
{
    enum cog_code code = load(run, purpose, error);
    if (code != COG_OK || !cog_course_is_resumable(run->course)) {
        return code;
    }
    if (purpose == PURPOSE_TAKE_UP) {
        cog_course_take_up(run->course);
    } else {
        cog_course_reopen(run->course);
    }
    cog_storage_identify(run->client->seams.storage, &run->course->holder);
    return cog_journal_write(&run->journal, "resume", run->course, error);
}

/** @param out_is_interruption what it came to is only an interruption from before */
static enum cog_code resume_once(struct cog_run *run, enum purpose purpose,
                                 bool *out_is_interruption, struct cog_error *error)
{
    struct cog_course *course = run->course;
    bool is_interruption = false;
    enum cog_code code = load(run, purpose, error);
    if (code == COG_OK && cog_course_is_resumable(course)) {
        code = lock(run, error);
        code = code == COG_OK ? take_up(run, purpose, error) : code;
    }
    if (code == COG_OK && !course->is_closed) {
        is_interruption = cog_course_is_interrupted(course);
        cog_run_finish(run);
    } else if (run->is_locked || code == COG_OK) {
        /* It has ended: once more what came of it. Only its lock may have been left behind. */
        run->is_locked = true;
        cog_run_unlock(run, run->client->seams.log);
    }
    if (code == COG_OK) {
        *out_is_interruption = is_interruption;
    }
    return code;
}

/** A second signal, or a bad disk, may have kept an interruption from being told: both is due. */
static enum cog_code resume(struct cog_run *run, struct cog_error *error)
{
    bool is_interruption = false;
    enum cog_code code = resume_once(run, PURPOSE_FINISH, &is_interruption, error);
    if (code == COG_OK && is_interruption) {
        run->is_locked = false;
        code = resume_once(run, PURPOSE_TAKE_UP, &is_interruption, error);
    }
    return code;
}

enum cog_code cog_resume(struct cog_client *client, const char *run_id, struct cog_watch watch,
                         struct cog_report *out_report, struct cog_error *error)
{
    const struct cog_seams *seams = &client->seams;
    char picked[COG_UUID_SIZE];
    if (run_id == NULL) {
        enum cog_code code = pick(seams->storage, picked, error);
        if (code != COG_OK) {
            return code;
        }
        run_id = picked;
    }
    struct cog_course course = {0};
    struct cog_run run = {
        .client = client,
        .watch = watch,
        .journal = {.storage = seams->storage, .clock = seams->clock},
        .course = &course,
    };
    enum cog_code code = cog_journal_find(seams->storage, run_id, run.journal.name, error);
    code = code == COG_OK ? resume(&run, error) : code;
    if (code == COG_OK) {
        *out_report = course.report;
    }
    return code;
}
