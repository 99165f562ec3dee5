#include "judge/mandate.h"

#include <string.h>

const struct scn_start *scn_mandate_find(const struct scn_facts *facts, size_t index)
{
    for (size_t i = index; facts->starts != NULL && i < facts->process_count; i++) {
        if (strcmp(facts->starts[i].command, "promote") == 0) {
            return &facts->starts[i];
        }
    }
    return NULL;
}

static const struct scn_start *find_last(const struct scn_facts *facts)
{
    const struct scn_start *last = NULL;
    const struct scn_start *next = scn_mandate_find(facts, 0);
    while (next != NULL) {
        last = next;
        next = scn_mandate_find(facts, (size_t)(next - facts->starts) + 1);
    }
    return last;
}

/* Whether something of an earlier command went on in the target at that time. */
static bool is_busy(const struct scn_facts *facts, const struct scn_start *start)
{
    for (size_t i = 0; i < start->deployment_count && i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        const bool is_restoring =
            deployment->rollback_count > 0 &&
            (deployment->rollback_ended_ms < 0 || deployment->rollback_ended_ms > start->at_ms);
        if (deployment->ended_ms < 0 || deployment->ended_ms > start->at_ms || is_restoring) {
            return true;
        }
    }
    return false;
}

struct scn_mandate scn_mandate_read(const struct scn_facts *facts)
{
    const struct scn_start *start = find_last(facts);
    if (start == NULL || start->deployment_count == 0) {
        return (struct scn_mandate){
            .exchange_index = start != NULL ? start->exchange_count : 0,
            .content = facts->target.start,
        };
    }
    return (struct scn_mandate){
        .exchange_index = start->exchange_count,
        .deployment_index = start->deployment_count,
        .content = is_busy(facts, start) ? NULL : start->content,
    };
}

bool scn_mandate_divides(const struct scn_facts *facts, size_t first_index, size_t second_index)
{
    const struct scn_start *start = scn_mandate_find(facts, 0);
    while (start != NULL) {
        if (start->exchange_count > first_index && start->exchange_count <= second_index) {
            return true;
        }
        start = scn_mandate_find(facts, (size_t)(start - facts->starts) + 1);
    }
    return false;
}

bool scn_mandate_is_kept_out(const struct scn_facts *facts)
{
    return facts->lock_is_anothers && facts->lock != COG_LOCK_ABANDONED &&
           facts->report->outcome == COG_OUTCOME_LOCKED;
}

bool scn_mandate_is_left(const struct scn_facts *facts)
{
    const bool is_disk_bad = facts->disk.journal_failed || facts->disk.lock_failed;
    const bool is_kept_out = (is_disk_bad && facts->report->outcome == COG_OUTCOME_INTERNAL) ||
                             scn_mandate_is_kept_out(facts);
    const size_t count = facts->starts != NULL ? facts->process_count : 0;
    return is_kept_out && count > 0 && strcmp(facts->starts[count - 1].command, "resume") == 0 &&
           strcmp(facts->report->step, "start") == 0;
}

bool scn_mandate_has_died(const struct scn_facts *facts, size_t first_index, size_t second_index)
{
    for (size_t i = 0; facts->starts != NULL && i < facts->process_count; i++) {
        const struct scn_start *start = &facts->starts[i];
        if (start->is_after_kill && start->exchange_count > first_index &&
            start->exchange_count <= second_index) {
            return true;
        }
    }
    return false;
}
