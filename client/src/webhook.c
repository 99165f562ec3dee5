#include "webhook.h"

#include "client_private.h"
#include "http_status.h"

#include <cogbase/stamp.h>
#include <cogbase/text.h>
#include <cogpromote/audit.h>

#include <stdio.h>
#include <string.h>

enum { STATUS_GONE = 410 };

_Static_assert((int)COG_NOTICE_STAMP_SIZE >= (int)COG_STAMP_RFC3339_SIZE, "a stamp fits");

void cog_notice_finish(struct cog_notice *notice)
{
    cog_string_finish(&notice->body);
    *notice = (struct cog_notice){0};
}

/**
 * The run's id is the notice's, so that a receiver can tell repeats. An ending that could not be
 * written down has no number that is its own: then its outcome tells it from another one.
 */
static void id_format(const struct cog_report *report, int ending_count, bool is_kept,
                      char out_id[COG_NOTICE_ID_SIZE])
{
    char number[16] = "";
    if (ending_count > 1) {
        (void)snprintf(number, sizeof number, "_%d", ending_count);
    }
    (void)snprintf(out_id, COG_NOTICE_ID_SIZE, "msg_%s%s%s%s", report->run_id, number,
                   is_kept ? "" : "_", is_kept ? "" : cog_outcome_name(report->outcome));
}

enum cog_code cog_notice_init(const struct cog_report *report, const char *audit_line,
                              int ending_count, int64_t unix_ms, struct cog_notice *out_notice,
                              struct cog_error *error)
{
    struct cog_notice notice = {0};
    (void)cog_stamp_format_rfc3339(unix_ms, notice.created);
    /* Inside of a JSON string the quotes would have backslashes: this can only be the member. */
    const bool is_kept = strstr(audit_line, "\"seq\":null") == NULL;
    id_format(report, ending_count, is_kept, notice.id);
    COG_CLEANUP(cog_text_finish) struct cog_text body = {0};
    cog_text_append_format(&body, "{\"event\":\"deployment.%s\",\"timestamp\":\"%s\",%s\"data\":",
                           cog_audit_status(report->outcome), notice.created,
                           is_kept ? "" : "\"audit_written\":false,");
    cog_text_append(&body, audit_line);
    cog_text_append(&body, "}");
    notice.body = cog_text_take(&body);
    if (notice.body == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_notice = notice;
    return COG_OK;
}

static enum cog_code status_check(int status, struct cog_error *error)
{
    const int class = status / 100;
    if (class == 2) {
        return COG_OK;
    }
    const char *name = cog_http_status_name(status);
    const char *hint = "";
    if (status == STATUS_GONE) {
        hint = ": it is gone, and wants no more of these";
    } else if (class == 3) {
        hint = ": redirects are not followed";
    }
    const enum cog_code code =
        cog_error_set(error, COG_ERROR_REFUSED, "the receiver answered %d%s%s%s", status,
                      name[0] != '\0' ? " " : "", name, hint);
    if (error != NULL) {
        error->http_status = status;
    }
    return cog_error_wrap(error, code, "deliver the webhook");
}

enum cog_code cog_notice_deliver(struct cog_client *client, const struct cog_notice *notice,
                                 const struct cog_cancel *cancel, struct cog_error *error)
{
    const struct cog_config *config = client->config;
    const struct cog_header headers[] = {
        {.name = "Content-Type", .value = "application/json"},
        {.name = "webhook-id", .value = notice->id},
    };
    const struct cog_request request = {
        .call = "webhook",
        .method = "POST",
        .url = config->webhook_url,
        .headers = headers,
        .header_count = sizeof headers / sizeof headers[0],
        .body = notice->body,
        .body_length = strlen(notice->body),
        .timeout_ms = config->request_timeout_ms,
        .deadline_ms = cog_clock_monotonic_ms(client->seams.clock) + config->webhook_timeout_ms,
        .cancel = cancel,
    };
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    const enum cog_code code =
        cog_transport_send(cog_retry_transport(&client->webhook_retry), &request, &response, error);
    if (code != COG_OK) {
        return cog_error_wrap(error, code, "deliver the webhook");
    }
    return status_check(response.status, error);
}
