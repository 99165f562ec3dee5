/** The notice to CI/CD: delivered before the program ends, or kept in the outbox. */
#ifndef COGPROMOTE_WEBHOOK_H
#define COGPROMOTE_WEBHOOK_H

#include <cogpromote/client.h>
#include <cogpromote/report.h>

/** What `cogpromote webhook flush` came to. */
struct cog_flush {
    size_t delivered_count;
    size_t kept_count;            /**< Still in the outbox. */
    char reason[COG_REASON_SIZE]; /**< Why the first of those was not delivered. */
};

/**
 * Posts a notice: `{"event":"deployment.<status>","timestamp":…,"data":<audit record>}`. It is put
 * into the outbox ("outbox/<id>.json") before it is sent and taken out once a 2xx has answered; so
 * it survives a crash, and a receiver may see it twice, with one `webhook-id`.
 *
 * @param report its `webhook` and `webhook_error` are written
 * @param audit_line the audit record, a JSON object; NULL: none could be made, and nothing is sent
 * @param ending_count as in `struct cog_audit_entry`: the id is "msg_<run id>" for the first ending
 * and "msg_<run id>_<n>" from the second on, with "_<outcome>" behind it when the record could not
 * be written
 */
COG_API void cog_client_notify(struct cog_client *client, struct cog_report *report,
                               const char *audit_line, int ending_count,
                               const struct cog_cancel *cancel);

/**
 * Sends everything that is in the outbox, oldest first, each once with its retries; stops at the
 * first receiver that cannot be reached. 410 keeps the notice too: the receiver is gone, the news
 * is not.
 *
 * @return COG_OK also when some are kept; COG_ERROR_CONFIGURATION (no webhook URL is set),
 *         COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_CANCELLED
 */
COG_API enum cog_code cog_client_flush(struct cog_client *client, const struct cog_cancel *cancel,
                                       struct cog_flush *out_flush,
                                       struct cog_error *error) COG_CHECK;

#endif
