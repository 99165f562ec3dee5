/* What a foreign client tells the webhook's receiver. */
#include "foreign/rules.h"
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/signature.h"

#include <cogbase/json.h>

#include <string.h>

static struct scn_judgement judge_signature(const struct scn_facts *facts,
                                            const struct mock_exchange *exchange)
{
    const char *secret = facts->config->webhook_secret;
    if (secret == NULL || exchange->webhook_signature == NULL) {
        return scn_judgement_pass;
    }
    if (exchange->webhook_id == NULL || exchange->webhook_timestamp == NULL ||
        !scn_signature_is_valid(secret, exchange->webhook_id, exchange->webhook_timestamp,
                                exchange->body, exchange->webhook_signature)) {
        return scn_judgement_fail("a webhook's signature is not that of its message");
    }
    return scn_judgement_pass;
}

static bool has_completed(const struct scn_facts *facts, int64_t at_ms)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (strcmp(deployment->status, "completed") == 0 && deployment->ended_ms >= 0 &&
            deployment->ended_ms <= at_ms) {
            return true;
        }
    }
    return false;
}

static struct scn_judgement judge_announcement(const struct scn_facts *facts,
                                               const struct mock_exchange *exchange)
{
    COG_CLEANUP(cog_json_finish) cJSON *body = NULL;
    struct cog_error error = {0};
    if (cog_json_parse_object(exchange->body, strlen(exchange->body), &body, &error) != COG_OK) {
        return scn_judgement_fail("a webhook's body is no JSON object: %s", error.message);
    }
    const char *event = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(body, "event"));
    if (event == NULL) {
        return scn_judgement_fail("a webhook names no event");
    }
    if (strcmp(event, "deployment.success") == 0 && !has_completed(facts, exchange->at_ms)) {
        return scn_judgement_fail("a success was announced that was none yet");
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_notice(const struct scn_facts *facts,
                                         const struct mock_exchange *exchange)
{
    if (exchange->has_authorization) {
        return scn_judgement_fail("a webhook was sent with a header Authorization");
    }
    const struct scn_judgement judgement = judge_signature(facts, exchange);
    return judgement.result == SCN_PASS ? judge_announcement(facts, exchange) : judgement;
}

struct scn_judgement scn_judge_foreign_webhook(const struct scn_facts *facts)
{
    struct scn_judgement judgement = {.is_idle = true};
    for (size_t i = 0; i < facts->exchange_count && judgement.result == SCN_PASS; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (scn_exchange_is(exchange, "webhook") && !scn_exchange_is_half_sent(exchange)) {
            judgement = judge_notice(facts, exchange);
        }
    }
    return judgement;
}
