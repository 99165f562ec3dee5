/* Whether a foreign client says why. */
#include "foreign/rules.h"
#include "judge/exchange.h"
#include "judge/judgement.h"

#include <string.h>

/* The client asked after the end, and was told all of it. */
static bool was_told(const struct scn_facts *facts, const struct mock_deployment_truth *deployment)
{
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (scn_exchange_is(exchange, "status") && exchange->at_ms >= deployment->ended_ms &&
            !scn_exchange_may_be_bad(exchange)) {
            return true;
        }
    }
    return false;
}

static bool is_printed(const struct scn_facts *facts, const char *part)
{
    for (size_t i = 0; i < facts->output_count; i++) {
        if (strstr(facts->outputs[i].text, part) != NULL) {
            return true;
        }
    }
    return false;
}

struct scn_judgement scn_judge_foreign_mention(const struct scn_facts *facts)
{
    struct scn_judgement judgement = {.is_idle = true};
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (deployment->error == NULL || deployment->ended_ms < 0 || !was_told(facts, deployment)) {
            continue;
        }
        judgement.is_idle = false;
        if (!is_printed(facts, deployment->error)) {
            return scn_judgement_fail("'%s' failed with '%s', and the client does not say so",
                                      deployment->job_id, deployment->error);
        }
    }
    return judgement;
}
