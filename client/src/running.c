#include "running.h"

#include "closing.h"
#include "observer.h"
#include "promotion.h"

#include <stdio.h>

enum cog_code cog_run_name(struct cog_run *run, struct cog_error *error)
{
    const struct cog_seams *seams = &run->client->seams;
    struct cog_report *report = &run->course->report;
    report->started_unix_ms = cog_clock_unix_ms(seams->clock);
    run->journal = (struct cog_journal){.storage = seams->storage, .clock = seams->clock};
    cog_storage_identify(seams->storage, &run->course->holder);
    if (cog_random_uuid(seams->random, report->run_id) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random bytes for a run id");
    }
    cog_journal_name(report->run_id, report->started_unix_ms, run->journal.name);
    return COG_OK;
}

/**
 * What is left of the promotion's time. A run that is resumed late still gets a look at what became
 * of it, and a clock that was set back gives no more than the whole.
 */
static int64_t time_left_ms(const struct cog_run *run)
{
    const struct cog_config *config = run->client->config;
    if (!cog_course_has_acted(run->course)) {
        return config->timeout_ms;
    }
    int64_t spent_ms =
        cog_clock_unix_ms(run->client->seams.clock) - run->course->report.started_unix_ms;
    int64_t left_ms = config->timeout_ms - (spent_ms > 0 ? spent_ms : 0);
    int64_t least_ms = config->request_timeout_ms < config->timeout_ms ? config->request_timeout_ms
                                                                       : config->timeout_ms;
    return left_ms > least_ms ? left_ms : least_ms;
}

static struct cog_promotion promotion_from(const struct cog_run *run, struct cog_log log)
{
    const struct cog_seams *seams = &run->client->seams;
    return (struct cog_promotion){
        .platform = cog_client_platform(run->client),
        .config = run->client->config,
        .clock = seams->clock,
        .random = seams->random,
        .log = log,
        .cancel = run->watch.cancel,
        .journal = &run->journal,
        .course = run->course,
        .request = cog_course_request(run->course),
        .deadline_ms = cog_clock_monotonic_ms(seams->clock) + time_left_ms(run),
        .is_locked = run->is_locked,
    };
}

/** By the wall clock where the run is older than this process; that one may have been set. */
static void measure_duration(const struct cog_run *run, int64_t begun_ms)
{
    struct cog_report *report = &run->course->report;
    struct cog_clock clock = run->client->seams.clock;
    int64_t here_ms = cog_clock_monotonic_ms(clock) - begun_ms;
    int64_t whole_ms = cog_clock_unix_ms(clock) - report->started_unix_ms;
    bool is_older = run->course->ending_count > 0 || run->is_locked;
    report->duration_ms = is_older && whole_ms > here_ms ? whole_ms : here_ms;
}

void cog_run_finish(struct cog_run *run)
{
    const int64_t begun_ms = cog_clock_monotonic_ms(run->client->seams.clock);
    struct cog_observer observer = {run->client->seams.log, run->watch.observer};
    struct cog_log log = cog_observer_log(&observer);
    struct cog_promotion promotion = promotion_from(run, log);
    if (run->course->state != COG_STATE_END) {
        cog_promotion_run(&promotion);
        measure_duration(run, begun_ms);
        run->course->ending_count++;
    }
    run->is_locked = promotion.is_locked;
    cog_run_close(run, log);
}

void cog_run_fail(struct cog_run *run, const struct cog_error *error)
{
    struct cog_observer observer = {run->client->seams.log, run->watch.observer};
    struct cog_report *report = &run->course->report;
    report->outcome =
        error->code == COG_ERROR_CONFIGURATION ? COG_OUTCOME_USAGE : COG_OUTCOME_INTERNAL;
    report->target = COG_TARGET_UNTOUCHED;
    (void)snprintf(report->step, sizeof report->step, "start");
    (void)cog_error_text(error, report->reason, sizeof report->reason);
    run->course->state = COG_STATE_END;
    run->course->ending_count++;
    cog_run_close(run, cog_observer_log(&observer));
}
