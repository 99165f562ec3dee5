#include <cogpromote/webhook.h>

#include "client_private.h"
#include "outbox.h"

#include <cogbase/text.h>
#include <cogbase/utf8.h>

#include <stdio.h>

static void log_failure(struct cog_log log, const char *event, const char *reason)
{
    const struct cog_log_field field = {"reason", reason};
    cog_log_write(log, COG_LOG_ERROR, event, &field, 1);
}

/** Without a record or an id there is nothing to send, and no name to keep it under. */
static enum cog_code notice_make(const struct cog_client *client, const struct cog_report *report,
                                 const char *audit_line, int ending_count,
                                 struct cog_notice *out_notice, struct cog_error *error)
{
    if (audit_line == NULL || report->run_id[0] == '\0') {
        return cog_error_set(error, COG_ERROR_INTERNAL, "not sent, because %s",
                             audit_line == NULL ? "no audit record could be made"
                                                : "the run has no id");
    }
    return cog_notice_init(report, audit_line, ending_count, cog_clock_unix_ms(client->seams.clock),
                           out_notice, error);
}

/** @param keeping why it could not be kept either; NULL: it is kept, or there is nothing to keep */
static void fail(const struct cog_client *client, const struct cog_error *error,
                 const struct cog_error *keeping, struct cog_report *report)
{
    char text[COG_REASON_SIZE];
    COG_CLEANUP(cog_text_finish) struct cog_text reason = {0};
    cog_text_append(&reason, cog_error_text(error, text, sizeof text));
    if (keeping != NULL) {
        cog_text_append(&reason, "; and could not ");
        cog_text_append(&reason, cog_error_text(keeping, text, sizeof text));
    }
    (void)snprintf(report->webhook_error, sizeof report->webhook_error, "%s",
                   cog_text_string(&reason));
    cog_utf8_cut(report->webhook_error);
    log_failure(client->seams.log, "webhook-failed", report->webhook_error);
}

/** A notice that stays in the outbox is delivered twice, which its id makes good. */
static void succeed(const struct cog_client *client, const char *id, bool is_kept,
                    struct cog_report *report)
{
    struct cog_error error = {0};
    report->webhook = COG_DELIVERY_DELIVERED;
    cog_log_write(client->seams.log, COG_LOG_INFO, "webhook-delivered", NULL, 0);
    if (is_kept && cog_outbox_drop(client->seams.storage, id, &error) != COG_OK) {
        char text[COG_REASON_SIZE];
        log_failure(client->seams.log, "outbox-failed", cog_error_text(&error, text, sizeof text));
    }
}

void cog_client_notify(struct cog_client *client, struct cog_report *report, const char *audit_line,
                       int ending_count, const struct cog_cancel *cancel)
{
    report->webhook = COG_DELIVERY_NONE;
    report->webhook_error[0] = '\0';
    if (client->config->webhook_url == NULL) {
        return;
    }
    struct cog_error error = {0};
    COG_CLEANUP(cog_notice_finish) struct cog_notice notice = {0};
    if (notice_make(client, report, audit_line, ending_count, &notice, &error) != COG_OK) {
        report->webhook = COG_DELIVERY_FAILED;
        fail(client, &error, NULL, report);
        return;
    }
    /* It is tried also where the disk is full: that is when the news is most wanted. */
    struct cog_error keeping = {0};
    const bool is_kept = cog_outbox_keep(client->seams.storage, &notice, &keeping) == COG_OK;
    if (cog_notice_deliver(client, &notice, cancel, &error) == COG_OK) {
        succeed(client, notice.id, is_kept, report);
        return;
    }
    report->webhook = is_kept ? COG_DELIVERY_KEPT : COG_DELIVERY_FAILED;
    fail(client, &error, is_kept ? NULL : &keeping, report);
}
