/* The rules about rollbacks. */
#include "coverage/field.h"
#include "judge/exchange.h"
#include "judge/judgement.h"
#include "judge/mandate.h"
#include "judge/unheard.h"

#include <string.h>

static bool has_failed(const struct mock_deployment_truth *deployment)
{
    return deployment->error != NULL || strcmp(deployment->status, "failed") == 0;
}

/* A clean look at a job since its end. */
static bool has_seen(const struct scn_facts *facts, const struct mock_deployment_truth *deployment)
{
    const struct mock_exchange *status = scn_exchange_find_last(facts, "status");
    return status != NULL && status->at_ms >= deployment->ended_ms &&
           !scn_exchange_may_be_bad(status);
}

/* Behind the last look at the job nobody could be reached any more. */
static bool is_cut_off(const struct scn_facts *facts)
{
    const struct mock_exchange *status = scn_exchange_find_last(facts, "status");
    return status != NULL && scn_unheard_is_behind(facts, (size_t)(status - facts->exchanges) + 1);
}

/* Nobody heard it: the port was closed, or the time was up before a connection was made. */
static bool has_tried_to_ask(const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->event_count; i++) {
        const struct scn_event *event = &facts->events[i];
        if (scn_event_is(event, "request") && scn_event_field_is(event, "call", "rollback")) {
            return true;
        }
    }
    return false;
}

/*
 * No rollback was applied. That is the client's fault unless it asked and was turned away every
 * time, or could not ask, or never saw the failure, and says that the target is not restored.
 */
static struct scn_judgement judge_missing_rollback(const struct scn_facts *facts,
                                                   const struct mock_deployment_truth *deployment)
{
    const struct mock_exchange *token = scn_exchange_find_last(facts, "token");
    const bool has_asked =
        scn_exchange_find_last(facts, "rollback") != NULL || has_tried_to_ask(facts);
    const bool could_not_ask = token == NULL || token->status != 200 || is_cut_off(facts);
    if (facts->report->outcome == COG_OUTCOME_ROLLBACK_FAILED &&
        (has_asked || could_not_ask || !has_seen(facts, deployment))) {
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
    const struct mock_exchange *status = scn_exchange_find_last(facts, "status");
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
    /* The command before ended otherwise than the last one, whose report it is. */
    const bool is_earlier =
        deployment < facts->deployments + scn_mandate_read(facts).deployment_index;
    if (is_earlier || may_leave_it(facts->report) || !deployment->reversible ||
        scn_mandate_is_left(facts)) {
        return scn_judgement_idle;
    }
    if (deployment->rollback_count == 0) {
        return judge_missing_rollback(facts, deployment);
    }
    return judge_awaiting(facts, deployment);
}

struct scn_judgement scn_judge_rollback_of_failure(const struct scn_facts *facts)
{
    bool is_about = false;
    for (size_t i = 0; i < facts->deployment_count; i++) {
        if (has_failed(&facts->deployments[i])) {
            const struct scn_judgement judgement = judge_failure(facts, &facts->deployments[i]);
            if (judgement.result != SCN_PASS) {
                return judgement;
            }
            is_about = is_about || !judgement.is_idle;
        }
    }
    return scn_judgement_pass_if(is_about);
}

/* Since the newest command to promote; a server may roll back what failed by itself. */
static bool has_asked(const struct scn_facts *facts)
{
    const struct mock_exchange *rollback = scn_exchange_find_last(facts, "rollback");
    return rollback != NULL &&
           (size_t)(rollback - facts->exchanges) >= scn_mandate_read(facts).exchange_index;
}

struct scn_judgement scn_judge_rollback_unasked(const struct scn_facts *facts)
{
    const bool is_unknown = facts->report->outcome == COG_OUTCOME_UNKNOWN;
    bool is_about = is_unknown;
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        is_about = is_about || deployment->rollback_count > 0 || !has_failed(deployment);
        if (deployment->rollback_count == 0) {
            continue;
        }
        const bool is_own = i >= scn_mandate_read(facts).deployment_index;
        if (is_unknown && is_own && has_asked(facts)) {
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
    return scn_judgement_pass_if(is_about);
}
