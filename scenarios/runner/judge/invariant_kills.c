/* Whether deaths of the client made a difference to the world. */
#include "judge/judgement.h"

#include <string.h>

static size_t count_struck(const struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        count += facts->exchanges[i].fault != NULL ? 1 : 0;
    }
    return count;
}

void scn_twin_read(const struct scn_facts *facts, struct scn_twin *out_twin)
{
    struct scn_twin twin = {
        .stop = facts->stop,
        .outcome = facts->report->outcome,
        .signal_number = facts->signal_number,
        .deployment_count = facts->deployment_count,
        .struck_count = count_struck(facts),
        .target = facts->target,
        .status = "none",
    };
    for (size_t i = 0; i < facts->deployment_count; i++) {
        twin.rollback_count += facts->deployments[i].rollback_count;
        twin.status = facts->deployments[i].status;
    }
    *out_twin = twin;
}

/* What one who was not killed knows for good. */
static bool is_definite(enum cog_outcome outcome)
{
    return outcome != COG_OUTCOME_UNKNOWN && outcome != COG_OUTCOME_INTERRUPTED &&
           outcome != COG_OUTCOME_INTERNAL;
}

static struct scn_judgement compare(const struct scn_twin *self, const struct scn_twin *twin)
{
    if (self->deployment_count != twin->deployment_count ||
        strcmp(self->status, twin->status) != 0) {
        return scn_judgement_fail("%zu promotions, the last one '%s'; without the kills %zu, '%s'",
                                  self->deployment_count, self->status, twin->deployment_count,
                                  twin->status);
    }
    if (self->rollback_count != twin->rollback_count) {
        return scn_judgement_fail("%d rollbacks were applied; without the kills %d",
                                  self->rollback_count, twin->rollback_count);
    }
    if (strcmp(self->target.now, twin->target.now) != 0) {
        return scn_judgement_fail("the target's content is not what it is without the kills");
    }
    if (is_definite(twin->outcome) && self->outcome != twin->outcome) {
        return scn_judgement_fail("the client says '%s'; without the kills '%s'",
                                  cog_outcome_name(self->outcome), cog_outcome_name(twin->outcome));
    }
    return scn_judgement_pass;
}

struct scn_judgement scn_judge_kills(const struct scn_facts *facts)
{
    const struct scn_twin *twin = facts->twin;
    if (twin == NULL) {
        return scn_judgement_idle;
    }
    if (twin->stop != NULL) {
        return scn_judgement_inconclusive("the run without the kills: %s", twin->stop);
    }
    struct scn_twin self;
    scn_twin_read(facts, &self);
    const struct scn_judgement judgement = compare(&self, twin);
    if (judgement.result == SCN_PASS ||
        (self.struck_count == twin->struck_count && self.signal_number == twin->signal_number)) {
        return judgement;
    }
    /* Where another world was met, another end may be right. */
    return scn_judgement_inconclusive("%s; but faults struck %zu requests, and %zu without them",
                                      judgement.text, self.struck_count, twin->struck_count);
}
