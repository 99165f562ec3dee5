#include "judge/rivalry.h"

#include "judge/invariant.h"

#include <stdio.h>

enum { SUBJECT_SIZE = 64 };

/* The last moment at which a job or its rollback changed the target; INT64_MAX for not yet. */
static int64_t find_rest_ms(const struct mock_deployment_truth *deployment)
{
    const bool is_restoring =
        deployment->rollback_count > 0 && deployment->rollback_ended_ms < deployment->ended_ms;
    if (deployment->ended_ms < 0 || is_restoring) {
        return INT64_MAX;
    }
    return deployment->rollback_count > 0 ? deployment->rollback_ended_ms : deployment->ended_ms;
}

bool scn_rivalry_is_disturbed(const struct scn_facts *facts, int64_t since_ms)
{
    const struct scn_facts *other = facts->rivalry.other;
    for (size_t i = 0; other != NULL && i < other->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &other->deployments[i];
        if (deployment->created_ms <= facts->elapsed_ms && find_rest_ms(deployment) >= since_ms) {
            return true;
        }
    }
    return false;
}

static void append(const struct scn_finding *finding, struct scn_findings *findings)
{
    char subject[SUBJECT_SIZE];
    (void)snprintf(subject, sizeof subject, "second operator: %.40s", finding->subject);
    scn_findings_append(findings, finding->result, subject, "%s", finding->text);
}

void scn_rivalry_judge_second(const struct scn_expectation *expectation,
                              const struct scn_facts *facts, struct scn_findings *findings)
{
    const struct scn_facts *second = facts->rivalry.other;
    COG_CLEANUP(scn_findings_finish) struct scn_findings own = {0};
    if (second == NULL) {
        return;
    }
    if (second->stop != NULL) {
        scn_findings_append(&own, SCN_INCONCLUSIVE, "run", "%s", second->stop);
    } else {
        scn_expectation_compare_second(&expectation->second, second, &own);
        scn_invariants_judge(second, &own, NULL);
    }
    for (size_t i = 0; i < own.count; i++) {
        append(&own.items[i], findings);
    }
    findings->failed = findings->failed || own.failed;
}
