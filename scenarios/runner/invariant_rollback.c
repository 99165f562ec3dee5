/* The rules about rollbacks. */
#include "judgement.h"

#include <string.h>

static bool has_failed(const struct mock_deployment_truth *deployment)
{
    return deployment->error != NULL || strcmp(deployment->status, "failed") == 0;
}

static bool is_call(const struct mock_exchange *exchange, const char *call)
{
    return strcmp(exchange->call, call) == 0;
}

/* The last request of that call; NULL for none. */
static const struct mock_exchange *find_last(const struct scn_facts *facts, const char *call)
{
    for (size_t i = facts->exchange_count; i > 0; i--) {
        if (is_call(&facts->exchanges[i - 1], call)) {
            return &facts->exchanges[i - 1];
        }
    }
    return NULL;
}

/*
 * No rollback was applied. That is the client's fault unless it asked and was turned away every
 * time, or could not ask, and says that the target is not restored.
 */
static struct scn_judgement judge_missing_rollback(const struct scn_facts *facts,
                                                   const struct mock_deployment_truth *deployment)
{
    const struct mock_exchange *token = find_last(facts, "token");
    const bool has_asked = find_last(facts, "rollback") != NULL;
    const bool could_not_ask = token == NULL || token->status != 200;
    if (facts->report->outcome == COG_OUTCOME_ROLLBACK_FAILED && (has_asked || could_not_ask)) {
        return scn_judgement_pass;
    }
    return scn_judgement_fail("deployment '%s' failed and was never rolled back",
                              deployment->job_id);
}

static struct scn_judgement judge_awaiting(const struct scn_facts *facts,
                                           const struct mock_deployment_truth *deployment)
{
    if (facts->report->outcome == COG_OUTCOME_ROLLBACK_FAILED) {
        return scn_judgement_pass;
    }
    if (deployment->rollback_ended_ms < 0) {
        return scn_judgement_fail("the rollback of '%s' still runs, and the client says '%s'",
                                  deployment->job_id, cog_outcome_name(facts->report->outcome));
    }
    const struct mock_exchange *status = find_last(facts, "status");
    if (status == NULL || status->at_ms < deployment->rollback_ended_ms) {
        return scn_judgement_fail("the end of the rollback of '%s' was not awaited",
                                  deployment->job_id);
    }
    return scn_judgement_pass;
}

static bool may_leave_it(const struct cog_report *report)
{
    return report->outcome == COG_OUTCOME_UNKNOWN || report->outcome == COG_OUTCOME_INTERRUPTED;
}

static struct scn_judgement judge_failure(const struct scn_facts *facts,
                                          const struct mock_deployment_truth *deployment)
{
    if (deployment->rollback_count > 1) {
        return scn_judgement_fail("%d rollbacks of '%s' were applied", deployment->rollback_count,
                                  deployment->job_id);
    }
    if (may_leave_it(facts->report) || !deployment->reversible) {
        return scn_judgement_pass;
    }
    if (deployment->rollback_count == 0) {
        return judge_missing_rollback(facts, deployment);
    }
    return judge_awaiting(facts, deployment);
}

struct scn_judgement scn_judge_rollback_of_failure(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        if (has_failed(&facts->deployments[i])) {
            const struct scn_judgement judgement = judge_failure(facts, &facts->deployments[i]);
            if (judgement.result != SCN_PASS) {
                return judgement;
            }
        }
    }
    return scn_judgement_pass;
}

struct scn_judgement scn_judge_rollback_unasked(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (deployment->rollback_count == 0) {
            continue;
        }
        if (facts->report->outcome == COG_OUTCOME_UNKNOWN) {
            return scn_judgement_fail("'%s' was rolled back, and the outcome is unknown",
                                      deployment->job_id);
        }
        const bool is_asked_for =
            facts->config->rollback_on_low_parity || facts->is_rolled_back_by_hand;
        if (!has_failed(deployment) && !is_asked_for) {
            return scn_judgement_fail("'%s' was rolled back, although it had not failed",
                                      deployment->job_id);
        }
    }
    return scn_judgement_pass;
}
