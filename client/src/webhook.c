#include "webhook.h"

#include "audit.h"

#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <stdio.h>

enum cog_code cog_webhook_deliver(const struct cog_webhook *webhook,
                                  const struct cog_report *report, const char *audit_line,
                                  struct cog_error *error)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(cog_clock_unix_ms(webhook->clock), stamp);
    COG_CLEANUP(cog_text_finish) struct cog_text body = {0};
    cog_text_append_format(&body, "{\"event\":\"deployment.%s\",\"timestamp\":\"%s\",\"data\":%s}",
                           cog_audit_status(report->outcome), stamp, audit_line);
    if (body.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }

    /* The run's id is the event's: constant over attempts, so that a receiver can tell repeats. */
    char id[COG_UUID_SIZE + 4];
    (void)snprintf(id, sizeof id, "msg_%s", report->run_id);
    const struct cog_header headers[] = {
        {.name = "Content-Type", .value = "application/json"},
        {.name = "webhook-id", .value = id},
    };
    const struct cog_request request = {
        .call = "webhook",
        .method = "POST",
        .url = webhook->url,
        .headers = headers,
        .header_count = sizeof headers / sizeof headers[0],
        .body = cog_text_string(&body),
        .body_length = body.length,
        .timeout_ms = webhook->request_timeout_ms,
        .deadline_ms = cog_clock_monotonic_ms(webhook->clock) + webhook->timeout_ms,
    };
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    enum cog_code code = cog_transport_send(webhook->transport, &request, &response, error);
    if (code != COG_OK) {
        return cog_error_wrap(error, code, "deliver the webhook");
    }
    if (response.status < 200 || response.status > 299) {
        return cog_error_set(error, COG_ERROR_REFUSED,
                             "deliver the webhook: the receiver answered %d", response.status);
    }
    return COG_OK;
}
