/* Whether deaths of the client made a difference to the world. */
#include "coverage/field.h"
#include "judge/judgement.h"
#include "judge/mandate.h"
#include "judge/unheard.h"

#include <string.h>

enum { STATUS_THROTTLED = 429 };

static bool is_struck(const struct mock_exchange *exchange)
{
    return exchange->fault != NULL || exchange->status == STATUS_THROTTLED;
}

/* A fault that a process met which was killed, and the next one may not meet. */
static bool has_struck_the_dead(const struct scn_facts *facts)
{
    size_t dead_count = 0;
    for (size_t i = 0; i < facts->process_count && facts->starts != NULL; i++) {
        if (facts->starts[i].is_after_kill) {
            dead_count = facts->starts[i].exchange_count;
        }
    }
    for (size_t i = 0; i < dead_count && i < facts->exchange_count; i++) {
        if (is_struck(&facts->exchanges[i])) {
            return true;
        }
    }
    return false;
}

static size_t count_struck(const struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        count += is_struck(&facts->exchanges[i]) ? 1 : 0;
    }
    return count;
}

/* Those before any promotion was sent: what strikes the check of a target in one run may strike its
 * verification in the other one. */
static size_t count_struck_early(const struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        if (strcmp(facts->exchanges[i].call, "promote") == 0) {
            break;
        }
        count += is_struck(&facts->exchanges[i]) ? 1 : 0;
    }
    return count;
}

static size_t count_limits(const struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->event_count; i++) {
        count += scn_event_is(&facts->events[i], "limit") ? 1 : 0;
    }
    return count;
}

static size_t count_injects(const struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->inject_count; i++) {
        count += facts->injects[i].struck_ms >= 0 ? 1 : 0;
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
        .early_count = count_struck_early(facts),
        .limit_count = count_limits(facts),
        .inject_count = count_injects(facts),
        .is_disk_bad = facts->disk.audit_failed || facts->disk.journal_failed ||
                       facts->disk.outbox_failed || facts->disk.lock_failed,
        .is_kept_out = scn_mandate_is_kept_out(facts),
        .is_unsettled = facts->settled_ms >= 0 || scn_unheard_is_behind(facts, 0),
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

/* A process that could not see, for faults, what the one before it did may stop there: I6 judges
 * whether it could. So may one whose disk fails, or whom another holder of the lock keeps out. It
 * has not done more than the twin. */
static bool is_left_open(const struct scn_twin *self, const struct scn_twin *twin)
{
    const bool is_cut_off = self->outcome == COG_OUTCOME_INTERNAL && self->is_disk_bad;
    return (self->outcome == COG_OUTCOME_UNKNOWN || is_cut_off || self->is_kept_out) &&
           self->deployment_count <= twin->deployment_count &&
           self->rollback_count <= twin->rollback_count;
}

/* The twin left something of which it knew no end, and whoever was resumed saw that through. */
static bool is_outdone(const struct scn_twin *self, const struct scn_twin *twin)
{
    return twin->outcome == COG_OUTCOME_UNKNOWN &&
           self->deployment_count == twin->deployment_count &&
           self->rollback_count == twin->rollback_count;
}

static struct scn_judgement compare(const struct scn_twin *self, const struct scn_twin *twin)
{
    if (is_left_open(self, twin) || is_outdone(self, twin)) {
        return scn_judgement_pass;
    }
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

/* Where another world was met, another end may be right: what goes by time or by number meets the
 * two at different steps; and whom a signal stopped, nobody resumes. */
static bool is_same_world(const struct scn_twin *self, const struct scn_twin *twin)
{
    return self->struck_count == twin->struck_count && self->early_count == twin->early_count &&
           self->limit_count == twin->limit_count && self->inject_count == twin->inject_count &&
           self->signal_number == 0 && twin->signal_number == 0 && !self->is_disk_bad &&
           !twin->is_disk_bad && !self->is_unsettled && !twin->is_unsettled;
}

struct scn_judgement scn_judge_kills(const struct scn_facts *facts)
{
    const struct scn_twin *twin = facts->twin;
    /* A signal that came when nobody was there any more would have met the twin; and of two
     * operators, who was killed leaves the turn to the other one. */
    if (twin == NULL || facts->unsent_signal != NULL || facts->rivalry.other != NULL) {
        return scn_judgement_idle;
    }
    if (twin->stop != NULL) {
        return scn_judgement_inconclusive("the run without the kills: %s", twin->stop);
    }
    struct scn_twin self;
    scn_twin_read(facts, &self);
    const struct scn_judgement judgement = compare(&self, twin);
    const bool is_comparable = is_same_world(&self, twin) && !has_struck_the_dead(facts);
    return judgement.result == SCN_PASS || is_comparable ? judgement : scn_judgement_idle;
}
