#include <cogpromote/webhook.h>

#include "client_private.h"
#include "outbox.h"

#include <string.h>

enum { STATUS_GONE = 410, STATUS_THROTTLED = 429 };

/**
 * Whether another notice has a chance: not with a receiver that cannot be reached, is gone, or asks
 * to be left alone. One that refuses a single notice may take the next.
 */
static bool may_go_on(enum cog_code code, const struct cog_error *error)
{
    return code == COG_ERROR_REFUSED && error->http_status != STATUS_GONE &&
           error->http_status != STATUS_THROTTLED;
}

static void reason_note(struct cog_flush *flush, const struct cog_error *error)
{
    if (flush->reason[0] == '\0') {
        (void)cog_error_text(error, flush->reason, sizeof flush->reason);
    }
}

/** Whether it is our own side that failed: then the caller has to know. */
static bool is_own(enum cog_code code)
{
    return code == COG_ERROR_CANCELLED || code == COG_ERROR_MEMORY || code == COG_ERROR_STORAGE;
}

static enum cog_code outbox_send(struct cog_client *client, const struct cog_outbox *outbox,
                                 const struct cog_cancel *cancel, struct cog_flush *flush,
                                 struct cog_error *error)
{
    bool is_over = false;
    for (size_t i = 0; i < outbox->count && !is_over; i++) {
        const struct cog_notice *notice = &outbox->notices[i];
        struct cog_error failure = {0};
        enum cog_code code = cog_notice_deliver(client, notice, cancel, &failure);
        if (code == COG_OK) {
            flush->delivered_count++;
            code = cog_outbox_drop(client->seams.storage, notice->id, &failure);
        } else {
            reason_note(flush, &failure);
            is_over = !may_go_on(code, &failure);
        }
        if (is_own(code)) {
            *error = failure;
            return code;
        }
    }
    return COG_OK;
}

enum cog_code cog_client_flush(struct cog_client *client, const struct cog_cancel *cancel,
                               struct cog_flush *out_flush, struct cog_error *error)
{
    if (client->config->webhook_url == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "DEPLOYMENT_WEBHOOK_URL is not set; set it or use --webhook-url");
    }
    COG_CLEANUP(cog_outbox_finish) struct cog_outbox outbox = {0};
    enum cog_code code = cog_outbox_read(client->seams.storage, &outbox, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_flush flush = {0};
    struct cog_error failure = {0};
    code = outbox_send(client, &outbox, cancel, &flush, &failure);
    if (code != COG_OK) {
        if (error != NULL) {
            *error = failure;
        }
        return code;
    }
    flush.kept_count = outbox.count - flush.delivered_count + outbox.damaged_count;
    if (flush.reason[0] == '\0') {
        memcpy(flush.reason, outbox.damage, sizeof flush.reason);
    }
    *out_flush = flush;
    return COG_OK;
}
