#include "explore/operators/encounters.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

/* The schedules of one scenario, under way. */
struct round {
    const struct scn_scenario *scenario;
    const struct scn_encounters_options *options;
    struct scn_exploration *exploration;
    struct scn_effort *effort;
    enum cog_code code; /* What ended it early. */
    struct cog_error error;
};

/* "turns [3, 7]" */
static char *name_turns(const struct scn_turns *turns)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, "turns [");
    for (size_t i = 0; i < turns->count; i++) {
        cog_text_append(&text, i > 0 ? ", " : "");
        cog_text_append_integer(&text, turns->items[i]);
    }
    cog_text_append(&text, "]");
    return cog_text_take(&text);
}

/* @param inout_findings taken */
static enum cog_code discover(struct round *round, const struct scn_turns *turns,
                              struct scn_findings *inout_findings)
{
    COG_CLEANUP(scn_discovery_finish)
    struct scn_discovery discovery = {
        .base_index = round->exploration->base_count - 1,
        .place = round->effort->run_count,
        .faults = {name_turns(turns)},
        .findings = *inout_findings,
        .exit_code = round->scenario->expectation.exit_code,
    };
    *inout_findings = (struct scn_findings){0};
    enum cog_code code =
        scn_interleaving_format(round->scenario, turns, &discovery.scenario, &round->error);
    if (code != COG_OK || discovery.faults[0] == NULL) {
        return COG_ERROR_MEMORY;
    }
    return scn_exploration_add(round->exploration, &discovery);
}

static enum cog_code count(struct round *round, const struct scn_turns *turns,
                           struct scn_interleaving *seen)
{
    const enum scn_result verdict = scn_findings_verdict(&seen->findings);
    struct scn_effort *effort = round->effort;
    effort->possible_count++;
    effort->run_count++;
    effort->failed_count += verdict == SCN_FAIL ? 1 : 0;
    effort->inconclusive_count += verdict == SCN_INCONCLUSIVE ? 1 : 0;
    return verdict == SCN_PASS ? COG_OK : discover(round, turns, &seen->findings);
}

static bool is_over(const struct round *round)
{
    return round->options->ends_with_first && round->effort->failed_count > 0;
}

static bool visit(void *context, const struct scn_turns *turns, struct scn_interleaving *out_seen)
{
    struct round *round = context;
    const struct scn_encounters_options *options = round->options;
    const struct scn_simulation_options choice = {
        .seed = options->seed,
        .transport = SCN_TRANSPORT_MEMORY,
    };
    if (options->is_interrupted != NULL && options->is_interrupted(options->interrupt_context)) {
        round->code = cog_error_set(&round->error, COG_ERROR_CANCELLED, "interrupted");
        return false;
    }
    round->code = scn_interleaving_run(round->scenario, &choice, turns, out_seen, &round->error);
    if (round->code == COG_OK) {
        round->code = count(round, turns, out_seen);
    }
    return round->code == COG_OK && !is_over(round);
}

enum cog_code scn_encounters_explore(const struct scn_scenario *scenario, const char *path,
                                     const struct scn_encounters_options *options,
                                     struct scn_exploration *inout_exploration,
                                     struct cog_error *error)
{
    if (!scenario->second.is_there) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s: there is no second operator: give 'client' a member 'second'",
                             path);
    }
    if (scn_exploration_add_base(inout_exploration, scenario->name, path, 0) != COG_OK) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    struct round round = {
        .scenario = scenario,
        .options = options,
        .exploration = inout_exploration,
        .effort = &inout_exploration->bases[inout_exploration->base_count - 1].depths[0],
    };
    const struct scn_interleavings_visitor visitor = {visit, &round};
    struct scn_interleavings_summary summary = {0};
    enum cog_code code = scn_interleavings_visit(&options->interleavings, visitor, &summary, error);
    if (code == COG_OK && round.code != COG_OK && error != NULL) {
        *error = round.error;
    }
    return code == COG_OK ? round.code : code;
}
