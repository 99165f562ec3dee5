/** One notice on its way to its receiver. */
#ifndef WEBHOOK_H
#define WEBHOOK_H

#include <cogpromote/client.h>
#include <cogpromote/report.h>

enum {
    COG_NOTICE_ID_SIZE = 80,
    COG_NOTICE_STAMP_SIZE = 32,
};

/** What is posted, and under which `webhook-id`. `{0}` is empty and safe to finish. */
struct cog_notice {
    char id[COG_NOTICE_ID_SIZE];
    char created[COG_NOTICE_STAMP_SIZE]; /**< RFC 3339. */
    char *body;                          /**< Owned. */
};

void cog_notice_finish(struct cog_notice *notice);

/**
 * `{"event":"deployment.<status>","timestamp":…,"data":<audit record>}`; with
 * `"audit_written":false` where the record has no place in the audit file.
 *
 * @param out_notice owned by the caller
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code cog_notice_init(const struct cog_report *report, const char *audit_line,
                              int ending_count, int64_t unix_ms, struct cog_notice *out_notice,
                              struct cog_error *error) COG_CHECK;

/**
 * Posts a notice, with its retries, within `webhook_timeout_ms`. Only 2xx counts, and no redirect
 * is followed.
 *
 * @param client has a webhook URL
 * @return COG_OK; COG_ERROR_REFUSED: another status, which is in the error's `http_status`; what
 *         the transport returned
 */
enum cog_code cog_notice_deliver(struct cog_client *client, const struct cog_notice *notice,
                                 const struct cog_cancel *cancel,
                                 struct cog_error *error) COG_CHECK;

#endif
