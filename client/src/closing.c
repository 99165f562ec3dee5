#include "closing.h"

#include <cogpromote/audit.h>
#include <cogpromote/lock.h>
#include <cogpromote/webhook.h>

#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

static void log_failure(struct cog_log log, const char *event, const struct cog_error *error)
{
    char text[COG_REASON_SIZE];
    const struct cog_log_field field = {
        .key = "reason",
        .value = cog_error_text(error, text, sizeof text),
    };
    cog_log_write(log, COG_LOG_ERROR, event, &field, 1);
}

/** A journal that cannot be written must not keep the news from anybody. */
static void note(struct cog_run *run, const char *event, struct cog_log log)
{
    struct cog_error error = {0};
    if (run->journal.name[0] == '\0' ||
        cog_journal_write(&run->journal, event, run->course, &error) == COG_OK) {
        return;
    }
    if (!run->is_journal_lost) {
        log_failure(log, "journal-failed", &error);
    }
    run->is_journal_lost = true;
}

/** @param out_line the record, also where it could not be kept; NULL: there is none */
static void record(const struct cog_run *run, struct cog_log log, char **out_line)
{
    struct cog_report *report = &run->course->report;
    const struct cog_audit_entry entry = {
        .actor = run->client->config->actor,
        .report = report,
        .ending_count = (int)run->course->ending_count,
    };
    struct cog_audit_result result = {0};
    struct cog_error error = {0};
    if (cog_audit_append(run->client->seams.storage, &entry, &result, &error) == COG_OK) {
        cog_log_write(log, COG_LOG_INFO, "audit-written", NULL, 0);
    } else {
        log_failure(log, "audit-failed", &error);
    }
    report->audit_is_written = result.is_written;
    report->audit_sequence = result.sequence;
    memcpy(report->audit_checksum, result.checksum, sizeof report->audit_checksum);
    run->course->is_audited = result.is_written;
    *out_line = result.line;
}

static void notify(const struct cog_run *run, const char *line, struct cog_log log)
{
    struct cog_report *report = &run->course->report;
    if (run->client->config->webhook_url == NULL) {
        return;
    }
    /* Not cancelled by the signal that ended the run: that it ended is the news. */
    cog_client_notify(run->client, report, line, (int)run->course->ending_count, NULL);
    if (report->webhook == COG_DELIVERY_DELIVERED) {
        cog_log_write(log, COG_LOG_INFO, "webhook-delivered", NULL, 0);
        return;
    }
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_REFUSED, "%s", report->webhook_error);
    log_failure(log, "webhook-failed", &error);
}

/** Whoever asked for it does not take a promotion for done of which nobody heard. */
static void apply_strictness(const struct cog_run *run)
{
    struct cog_report *report = &run->course->report;
    bool is_heard =
        report->webhook == COG_DELIVERY_NONE || report->webhook == COG_DELIVERY_DELIVERED;
    if (run->client->config->strict && report->outcome == COG_OUTCOME_PROMOTED &&
        (!report->audit_is_written || !is_heard)) {
        report->outcome = COG_OUTCOME_UNDELIVERED;
    }
}

void cog_run_close(struct cog_run *run, struct cog_log log)
{
    struct cog_course *course = run->course;
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    note(run, "end", log);
    record(run, log, &line);
    note(run, "audited", log);
    /* The client's log has heard of it from those who sent it. */
    notify(run, line, run->watch.observer);
    apply_strictness(run);
    course->is_closed = true;
    course->report.is_resumable = cog_course_is_resumable(course);
    note(run, "closed", log);
    if (cog_journal_prune(run->client->seams.storage, NULL) != COG_OK) {
        cog_log_write(log, COG_LOG_WARNING, "prune-failed", NULL, 0);
    }
    cog_run_unlock(run, log);
}

void cog_run_unlock(const struct cog_run *run, struct cog_log log)
{
    struct cog_error error = {0};
    if (run->is_locked &&
        cog_lock_release(run->client->seams.storage, run->course->report.target_environment_id,
                         run->course->report.run_id, &error) != COG_OK) {
        log_failure(log, "unlock-failed", &error);
    }
}
