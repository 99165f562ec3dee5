#include <cogpromote/promote.h>

#include "audit.h"
#include "auth.h"
#include "promotion.h"
#include "record.h"
#include "retry.h"
#include "v1/v1.h"
#include "webhook.h"
#include "webhook_signature.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

/**
 * The layers of one run. The API's: retry -> auth -> record -> wire; the token's: retry -> record
 * -> wire; the webhook's: retry -> sign -> record -> wire.
 */
struct run {
    const struct cog_config *config;
    const struct cog_seams *seams;
    char *api_base;
    struct cog_record record;
    struct cog_retry token_retry;
    struct cog_token_manager *tokens;
    struct cog_auth auth;
    struct cog_retry api_retry;
    struct cog_v1 v1;
    struct cog_webhook_signer signer;
    struct cog_retry webhook_retry;
};

static void run_finish(struct run *run)
{
    cog_token_manager_destroy(run->tokens);
    cog_string_finish(&run->api_base);
}

/** The base without the slashes that people leave at its end. */
static char *api_base_trim(const char *api_base)
{
    size_t length = strlen(api_base);
    while (length > 0 && api_base[length - 1] == '/') {
        length--;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_bytes(&text, api_base, length);
    return cog_text_take(&text);
}

static struct cog_retry retry_around(const struct run *run, struct cog_transport inner)
{
    return (struct cog_retry){
        .inner = inner,
        .clock = run->seams->clock,
        .random = run->seams->random,
        .log = run->seams->log,
        .attempts_max = run->config->max_attempts,
        .retry_after_ms_max = run->config->retry_after_ms_max,
    };
}

static enum cog_code tokens_create(struct run *run, struct cog_error *error)
{
    const struct cog_token_options options = {
        .transport = cog_retry_transport(&run->token_retry),
        .clock = run->seams->clock,
        .log = run->seams->log,
        .api_base = run->api_base,
        .client_id = run->config->client_id,
        .client_secret = run->config->client_secret,
        .basic_encoding = run->config->basic_encoding,
        .request_timeout_ms = run->config->request_timeout_ms,
    };
    return cog_token_manager_create(&options, &run->tokens, error);
}

/** @param run stays where it is: the layers point at each other */
static enum cog_code run_init(struct run *run, struct cog_error *error)
{
    const struct cog_seams *seams = run->seams;
    run->api_base = api_base_trim(run->config->api_base);
    if (run->api_base == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    run->record = (struct cog_record){
        .inner = seams->transport,
        .clock = seams->clock,
        .random = seams->random,
        .log = seams->log,
        .traceparent = run->config->traceparent,
    };
    const struct cog_transport wire = cog_record_transport(&run->record);
    run->token_retry = retry_around(run, wire);
    enum cog_code code = tokens_create(run, error);
    if (code != COG_OK) {
        return code;
    }
    run->auth = (struct cog_auth){.inner = wire, .tokens = run->tokens, .log = seams->log};
    run->api_retry = retry_around(run, cog_auth_transport(&run->auth));
    run->v1 = (struct cog_v1){
        .transport = cog_retry_transport(&run->api_retry),
        .tokens = run->tokens,
        .clock = seams->clock,
        .log = seams->log,
        .api_base = run->api_base,
        .request_timeout_ms = run->config->request_timeout_ms,
    };
    run->signer = (struct cog_webhook_signer){
        .inner = wire,
        .clock = seams->clock,
        .secret = run->config->webhook_secret,
    };
    run->webhook_retry = retry_around(run, cog_webhook_signer_transport(&run->signer));
    return COG_OK;
}

static struct cog_promotion_request request_from(const struct cog_config *config)
{
    return (struct cog_promotion_request){
        .source_environment_id = config->source_environment_id,
        .target_environment_id = config->target_environment_id,
        .platform_version = config->platform_version,
        .resolve_dependencies = config->resolve_dependencies,
        .sync_configuration = config->sync_configuration,
        .override_active_sessions = config->override_active_sessions,
        .include_webhooks = config->include_webhooks,
        .include_integrations = config->include_integrations,
    };
}

static void fail_at_start(struct cog_report *report, const struct cog_error *error)
{
    report->outcome = COG_OUTCOME_INTERNAL;
    report->target = COG_TARGET_UNTOUCHED;
    (void)snprintf(report->step, sizeof report->step, "start");
    (void)cog_error_text(error, report->reason, sizeof report->reason);
}

/** Everything up to the outcome. */
static void promote(struct run *run, const struct cog_cancel *cancel, struct cog_report *report)
{
    const struct cog_seams *seams = run->seams;
    struct cog_error error = {0};
    if (cog_random_uuid(seams->random, report->run_id) != COG_OK) {
        (void)cog_error_set(&error, COG_ERROR_INTERNAL, "no random bytes for a run id");
        fail_at_start(report, &error);
        return;
    }
    /* Who cannot write down what happened does not begin. */
    if (cog_storage_probe(seams->storage, COG_AUDIT_FILE, &error) != COG_OK ||
        run_init(run, &error) != COG_OK) {
        fail_at_start(report, &error);
        return;
    }
    struct cog_promotion promotion = {
        .platform = cog_v1_platform(&run->v1),
        .config = run->config,
        .clock = seams->clock,
        .random = seams->random,
        .log = seams->log,
        .cancel = cancel,
        .report = report,
        .request = request_from(run->config),
    };
    cog_promotion_run(&promotion);
}

static void log_failure(struct cog_log log, const char *event, const struct cog_error *error)
{
    char text[COG_REASON_SIZE];
    const struct cog_log_field field = {
        .key = "reason",
        .value = cog_error_text(error, text, sizeof text),
    };
    cog_log_write(log, COG_LOG_ERROR, event, &field, 1);
}

static void notify(struct run *run, const char *audit_line, struct cog_report *report)
{
    const struct cog_webhook webhook = {
        .transport = cog_retry_transport(&run->webhook_retry),
        .clock = run->seams->clock,
        .url = run->config->webhook_url,
        .timeout_ms = run->config->webhook_timeout_ms,
        .request_timeout_ms = run->config->request_timeout_ms,
    };
    struct cog_error error = {0};
    if (cog_webhook_deliver(&webhook, report, audit_line, &error) == COG_OK) {
        report->webhook = COG_DELIVERY_DELIVERED;
        cog_log_write(run->seams->log, COG_LOG_INFO, "webhook-delivered", NULL, 0);
        return;
    }
    report->webhook = COG_DELIVERY_FAILED;
    (void)cog_error_text(&error, report->webhook_error, sizeof report->webhook_error);
    log_failure(run->seams->log, "webhook-failed", &error);
}

static void leave_unsent(const struct run *run, const char *reason, struct cog_report *report)
{
    if (run->config->webhook_url != NULL) {
        report->webhook = COG_DELIVERY_FAILED;
        (void)snprintf(report->webhook_error, sizeof report->webhook_error, "not sent, because %s",
                       reason);
    }
}

/** The record, on every path; and the notice, which carries the record. */
static void record_and_notify(struct run *run, struct cog_report *report)
{
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    struct cog_error error = {0};
    if (cog_audit_append(run->seams->storage, run->config->actor, report, &line, &error) !=
        COG_OK) {
        log_failure(run->seams->log, "audit-failed", &error);
        leave_unsent(run, "the audit record could not be written", report);
        return;
    }
    cog_log_write(run->seams->log, COG_LOG_INFO, "audit-written", NULL, 0);
    /* Without the tokens, `run_init` did not come to the webhook's layers. */
    if (run->tokens == NULL) {
        leave_unsent(run, "the run could not begin", report);
    } else if (run->config->webhook_url != NULL) {
        notify(run, line, report);
    }
}

void cog_promote(const struct cog_config *config, const struct cog_seams *seams,
                 const struct cog_cancel *cancel, struct cog_report *out_report)
{
    COG_CLEANUP(run_finish) struct run run = {.config = config, .seams = seams};
    struct cog_report report = {.started_unix_ms = cog_clock_unix_ms(seams->clock)};
    int64_t start_ms = cog_clock_monotonic_ms(seams->clock);
    (void)snprintf(report.source_environment_id, sizeof report.source_environment_id, "%s",
                   config->source_environment_id);
    (void)snprintf(report.target_environment_id, sizeof report.target_environment_id, "%s",
                   config->target_environment_id);

    promote(&run, cancel, &report);
    report.duration_ms = cog_clock_monotonic_ms(seams->clock) - start_ms;
    record_and_notify(&run, &report);
    *out_report = report;
}
