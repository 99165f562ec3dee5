#include "torture/torment.h"

#include "judge/invariant.h"
#include "judge/journal.h"

#include <string.h>

const char *scn_torment_refusal(const struct scn_scenario *scenario, enum scn_torture_kind kind)
{
    const struct scn_undertaking *undertaking = &scenario->undertaking;
    if (scenario->wire_reason != NULL) {
        return "only sockets can show it, and torture is by calls";
    }
    if (undertaking->kill_count > 0 || undertaking->then_count > 0) {
        return "it has 'kills' or 'then' of its own";
    }
    if (kind == SCN_TORTURE_KILLS && scenario->events.signal_count > 0) {
        return "its signals are for the first process, which is killed";
    }
    return NULL;
}

enum cog_code scn_torment_init(struct scn_torment *torment, const struct scn_scenario *scenario,
                               uint64_t seed, struct cog_error *error)
{
    const struct scn_simulation_options options = {.seed = seed, .transport = SCN_TRANSPORT_MEMORY};
    struct scn_simulation *simulation = NULL;
    enum cog_code code = scn_simulation_run(scenario, &options, &simulation, error);
    if (code != COG_OK) {
        return code;
    }
    const struct scn_facts *facts = scn_simulation_facts(simulation);
    *torment = (struct scn_torment){
        .scenario = scenario,
        .seed = seed,
        .notice_count = scn_torment_count_notices(facts),
        .ending_count = scn_journal_count(facts->journals, "closed"),
        .is_resumable = facts->report->is_resumable,
        .untroubled = simulation,
    };
    scn_twin_read(facts, &torment->twin);
    return COG_OK;
}

void scn_torment_finish(struct scn_torment *torment)
{
    scn_simulation_destroy(torment->untroubled);
    *torment = (struct scn_torment){0};
}

size_t scn_torment_count_notices(const struct scn_facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->delivery_count; i++) {
        bool is_first = true;
        for (size_t j = 0; j < i && is_first; j++) {
            is_first =
                strcmp(facts->deliveries[i].webhook_id, facts->deliveries[j].webhook_id) != 0;
        }
        count += is_first ? 1 : 0;
    }
    return count;
}
