#include "simulation/side.h"

#include "simulation/strikes.h"
#include "simulation/truth.h"

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code collect_records(struct scn_side *side, struct cog_error *error)
{
    struct scn_operator *who = &side->who;
    struct scn_facts *facts = &side->facts;
    struct cog_lock lock = {0};
    enum cog_code code = scn_papers_read(who, &side->papers, error);
    if (code == COG_OK) {
        code = scn_habitat_tell(&who->habitat, facts, error);
    }
    if (code == COG_OK) {
        code = cog_audit_inspect(who->storage, NULL, &facts->audit_chain, error);
    }
    if (code == COG_OK) {
        code = cog_lock_read(who->storage, who->config.target_environment_id, &lock, error);
    }
    facts->lock = lock.state;
    return code;
}

static enum cog_code collect_truth(struct scn_side *side, struct cog_error *error)
{
    struct scn_operator *who = &side->who;
    enum cog_code code =
        scn_truth_read(who->server, &who->config, &side->truth, &side->facts, error);
    if (code != COG_OK) {
        return code;
    }
    scn_share_keep(who->share, &side->truth, &side->facts);
    scn_strikes_add_habitat(&who->strikes, &who->habitat);
    scn_strikes_add_connections(&who->strikes, who->server);
    return who->strikes.failed || side->share.failed ? fail_memory(error) : COG_OK;
}

/* When an inject was in the client's way is known only when it has struck. */
static int64_t find_settled_ms(const struct scn_scenario *scenario, const struct scn_facts *facts)
{
    struct scn_timetable timetable = scenario->timetable;
    const cJSON *injects =
        cJSON_GetObjectItemCaseSensitive(scenario->file->document.root, "injects");
    const struct scn_inject *truth = facts->injects;
    const cJSON *inject = NULL;
    cJSON_ArrayForEach(inject, injects)
    {
        if (truth->struck_ms >= 0) {
            scn_timetable_read_inject(&timetable, inject, truth->struck_ms);
        }
        truth++;
    }
    return scn_timetable_settled_ms(&timetable, facts->elapsed_ms);
}

enum cog_code scn_side_collect(struct scn_side *side, struct cog_error *error)
{
    struct scn_facts *facts = &side->facts;
    const struct scn_scenario *scenario = side->who.scenario;
    enum cog_code code = collect_records(side, error);
    if (code == COG_OK) {
        code = collect_truth(side, error);
    }
    if (code == COG_OK) {
        code = scn_papers_show(&side->papers, &side->who, facts, error);
    }
    if (code != COG_OK) {
        return code;
    }
    scn_operator_tell(&side->who, facts);
    facts->seed_only = scenario->seed_only;
    facts->elapsed_ms = side->who.share != NULL ? side->share.ended_ms : side->who.clock->now_ms;
    facts->settled_ms = find_settled_ms(scenario, facts);
    return COG_OK;
}

void scn_side_finish(struct scn_side *side)
{
    scn_operator_finish(&side->who);
    scn_truth_finish(&side->truth);
    scn_papers_finish(&side->papers);
    scn_share_finish(&side->share);
    cog_storage_memory_finish(&side->memory);
}
