/* How long the target served a mixture of old and new content. */
#include "drill/timeline_part.h"

#include <string.h>

static bool is_mixed_now(const struct scn_facts *facts)
{
    const struct scn_content *target = &facts->target;
    const struct scn_content *source = &facts->source;
    return target->is_known && source->is_known && strcmp(target->now, target->start) != 0 &&
           strcmp(target->now, source->now) != 0;
}

/* Of another one's target nothing is known; where nobody named one, all count. */
static bool is_of_target(const struct scn_facts *facts,
                         const struct mock_deployment_truth *deployment)
{
    const char *target_id = facts->config != NULL ? facts->config->target_environment_id : NULL;
    return target_id == NULL || deployment->target_id == NULL ||
           strcmp(target_id, deployment->target_id) == 0;
}

/* When the content was whole again; the end of the run where it was not. */
static int64_t find_whole_ms(const struct scn_facts *facts,
                             const struct mock_deployment_truth *deployment, bool is_mixed_yet)
{
    if (is_mixed_yet || deployment->ended_ms < 0) {
        return facts->elapsed_ms;
    }
    /* Also of one that completed: who takes it back found something wrong with its content. Of one
     * that failed, and was not taken back, nothing shows at the end. */
    return deployment->rollback_ended_ms >= 0 ? deployment->rollback_ended_ms
                                              : deployment->ended_ms;
}

void scn_timeline_measure_exposure(const struct scn_facts *facts, struct scn_timeline *timeline)
{
    const struct mock_deployment_truth *last = NULL;
    timeline->is_mixed_yet = is_mixed_now(facts);
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        if (deployment->touched_ms >= 0 && is_of_target(facts, deployment)) {
            last = deployment;
        }
    }
    for (size_t i = 0; last != NULL && i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        const bool is_last = deployment == last;
        if (deployment->touched_ms < 0 || !is_of_target(facts, deployment)) {
            continue;
        }
        const int64_t whole_ms =
            find_whole_ms(facts, deployment, is_last && timeline->is_mixed_yet);
        timeline->mixed_ms +=
            whole_ms > deployment->touched_ms ? whole_ms - deployment->touched_ms : 0;
    }
}
