/* What the webhook's receiver is told, how often, and by whom. */
#include "judge/audit.h"
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/signature.h"

#include <cogbase/json.h>

#include <string.h>

/* The record that a webhook carries. */
struct notice {
    cJSON *body; /* Owned. */
    const char *event;
    const char *outcome;
    const char *checksum;
};

static void notice_finish(struct notice *notice)
{
    cJSON_Delete(notice->body);
}

static const char *read_text(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text != NULL ? text : "";
}

static enum cog_code notice_parse(const struct mock_exchange *exchange, struct notice *out_notice,
                                  struct cog_error *error)
{
    cJSON *body = NULL;
    enum cog_code code =
        cog_json_parse_object(exchange->body, strlen(exchange->body), &body, error);
    if (code != COG_OK) {
        return code;
    }
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(body, "data");
    *out_notice = (struct notice){
        .body = body,
        .event = read_text(body, "event"),
        .outcome = read_text(data, "outcome"),
        .checksum = read_text(data, "checksum"),
    };
    return COG_OK;
}

/* A run that is resumed, or rolled back by hand, ends again: that is another notice. */
static bool is_same_notice(const struct scn_facts *facts, const struct notice *left,
                           const struct notice *right)
{
    return facts->process_count < 2 || strcmp(left->checksum, right->checksum) == 0;
}

static struct scn_judgement judge_identity(const struct scn_facts *facts,
                                           const struct mock_exchange *exchange,
                                           const struct mock_exchange *last)
{
    COG_CLEANUP(notice_finish) struct notice notice = {0};
    COG_CLEANUP(notice_finish) struct notice last_notice = {0};
    struct cog_error error = {0};
    if (exchange->webhook_id == NULL || last->webhook_id == NULL) {
        return scn_judgement_fail("a webhook has no id");
    }
    if (exchange->has_authorization) {
        return scn_judgement_fail("a webhook was sent with a header Authorization");
    }
    if (notice_parse(exchange, &notice, &error) != COG_OK ||
        notice_parse(last, &last_notice, &error) != COG_OK) {
        return scn_judgement_fail("a webhook's body is no JSON object: %s", error.message);
    }
    const bool is_same_id = strcmp(exchange->webhook_id, last->webhook_id) == 0;
    const bool is_same = is_same_notice(facts, &notice, &last_notice);
    if (is_same && !is_same_id) {
        return scn_judgement_fail("attempts of one webhook have different ids");
    }
    if (is_same_id && strcmp(notice.outcome, last_notice.outcome) != 0) {
        return scn_judgement_fail("webhooks of one id say '%s' and '%s'", notice.outcome,
                                  last_notice.outcome);
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_signature(const struct scn_facts *facts,
                                            const struct mock_exchange *exchange)
{
    const char *secret = facts->config->webhook_secret;
    if (secret == NULL) {
        return scn_judgement_pass;
    }
    if (exchange->webhook_signature == NULL || exchange->webhook_timestamp == NULL) {
        return scn_judgement_fail("a webhook is not signed");
    }
    if (!scn_signature_is_valid(secret, exchange->webhook_id, exchange->webhook_timestamp,
                                exchange->body, exchange->webhook_signature)) {
        return scn_judgement_fail("a webhook's signature is not that of its message");
    }
    return scn_judgement_pass;
}

/* Whether some deployment had completed by then, whatever became of it later. */
static bool has_completed(const struct scn_facts *facts, int64_t at_ms)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (deployment->error == NULL && strcmp(deployment->status, "failed") != 0 &&
            deployment->ended_ms >= 0 && deployment->ended_ms <= at_ms) {
            return true;
        }
    }
    return false;
}

static bool has_been_restored(const struct scn_facts *facts, int64_t at_ms)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (strcmp(deployment->status, "rolled_back") == 0 && deployment->rollback_ended_ms >= 0 &&
            deployment->rollback_ended_ms <= at_ms) {
            return true;
        }
    }
    return false;
}

/* A run that was resumed ends anew, and the notice of that may not have got through. */
static bool may_tell_an_earlier_end(const struct scn_facts *facts)
{
    return facts->process_count > 1 && facts->report->webhook != COG_DELIVERY_DELIVERED;
}

static struct scn_judgement judge_announcement(const struct scn_facts *facts,
                                               const struct mock_exchange *exchange, bool is_last)
{
    COG_CLEANUP(notice_finish) struct notice notice = {0};
    struct cog_error error = {0};
    if (notice_parse(exchange, &notice, &error) != COG_OK) {
        return scn_judgement_fail("a webhook's body is no JSON object: %s", error.message);
    }
    if (strcmp(notice.event, "deployment.success") == 0 && !has_completed(facts, exchange->at_ms)) {
        return scn_judgement_fail("a success was announced that was none yet");
    }
    if (strcmp(notice.outcome, "rolled_back") == 0 && !has_been_restored(facts, exchange->at_ms)) {
        return scn_judgement_fail("a rollback was announced that had not ended");
    }
    if (is_last && scn_audit_is_due(facts) && !may_tell_an_earlier_end(facts) &&
        !scn_audit_tells(notice.outcome, facts->report->outcome)) {
        return scn_judgement_fail("a webhook says '%s', and the report '%s'", notice.outcome,
                                  cog_outcome_name(facts->report->outcome));
    }
    return scn_judgement_pass;
}

/* Of what only half arrived, nothing can be said. */
static bool is_notice(const struct mock_exchange *exchange)
{
    return scn_exchange_is(exchange, "webhook") && !scn_exchange_is_half_sent(exchange);
}

static const struct mock_exchange *find_last(const struct scn_facts *facts)
{
    for (size_t i = facts->exchange_count; i > 0; i--) {
        if (is_notice(&facts->exchanges[i - 1])) {
            return &facts->exchanges[i - 1];
        }
    }
    return NULL;
}

struct scn_judgement scn_judge_webhook(const struct scn_facts *facts)
{
    const struct mock_exchange *last = find_last(facts);
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (!is_notice(exchange)) {
            continue;
        }
        struct scn_judgement judgement = judge_identity(facts, exchange, last);
        if (judgement.result == SCN_PASS) {
            judgement = judge_signature(facts, exchange);
        }
        if (judgement.result == SCN_PASS) {
            judgement = judge_announcement(facts, exchange, exchange == last);
        }
        if (judgement.result != SCN_PASS) {
            return judgement;
        }
    }
    return scn_judgement_pass_if(last != NULL);
}
