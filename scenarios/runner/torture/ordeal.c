#include "torture/ordeal.h"

#include "foreign/folder.h"
#include "judge/invariant.h"
#include "judge/journal.h"
#include "judge/mandate.h"
#include "report/record.h"

#include <cogbase/text.h>
#include <cogpromote/storage.h>

#include <stdlib.h>
#include <string.h>

static struct scn_kill kill_at(const struct scn_series *series, int at, bool is_moved)
{
    struct scn_kill kill = {.is_moved = is_moved};
    memcpy((char *)&kill.death + series->death, &at, sizeof at);
    return kill;
}

/* Whoever is killed is resumed; whoever is short of something is resumed in any case. */
static struct scn_undertaking undertake(const struct scn_point *point)
{
    struct scn_undertaking undertaking = {0};
    if (point->series->kind != SCN_TORTURE_KILLS) {
        undertaking.then[undertaking.then_count++] = SCN_COMMAND_RESUME;
        return undertaking;
    }
    undertaking.kills[undertaking.kill_count++] =
        kill_at(point->series, point->at, point->is_moved);
    if (point->again > 0) {
        undertaking.kills[undertaking.kill_count++] =
            (struct scn_kill){.death = {.after_journal_write = point->again}};
    }
    return undertaking;
}

static struct scn_shift begin_shortage(const struct scn_point *point)
{
    const struct scn_shortage shortage = {
        .kind = point->series->kind == SCN_TORTURE_MEMORY ? SCN_SHORTAGE_MEMORY : SCN_SHORTAGE_FILE,
        .way = point->series->way,
        .at = (size_t)point->at,
        .is_lasting = point->series->is_lasting,
    };
    return scn_shortage_begin(&shortage);
}

/* A reason that cannot be searched for secrets, for want of memory, is not told. */
static bool is_excused(const struct scn_invariant *rule, enum scn_torture_kind kind)
{
    return kind == SCN_TORTURE_MEMORY && strcmp(rule->id, "I17") == 0;
}

/* The rules that hold whatever happens to a client. */
static void judge_rules(const struct scn_facts *facts, enum scn_torture_kind kind,
                        struct scn_findings *findings)
{
    for (const struct scn_invariant *rule = scn_invariants(); rule->id != NULL; rule++) {
        const struct scn_judgement judgement = rule->judge(facts);
        if (judgement.result != SCN_PASS && !is_excused(rule, kind)) {
            scn_findings_append(findings, judgement.result, rule->id, "%s: %s", rule->rule,
                                judgement.text);
        }
    }
}

/*
 * One who died behind an end that was not the last word ends again when resumed, and says so; who
 * met another world, or is kept out by another holder of the lock, has not the same to tell.
 */
static bool may_tell(const struct scn_torment *torment, const struct scn_facts *facts,
                     size_t notice_count)
{
    const size_t ending_count = scn_journal_count(facts->journals, "closed");
    const struct scn_judgement kills = scn_judge_kills(facts);
    const bool is_comparable = !kills.is_idle && kills.result != SCN_INCONCLUSIVE;
    size_t notice_count_max = torment->notice_count;
    if (torment->ending_count > notice_count_max) {
        notice_count_max =
            torment->ending_count; /* What came too late there may be in time here. */
    }
    if (torment->is_resumable && ending_count > torment->ending_count) {
        notice_count_max += ending_count - torment->ending_count;
    }
    return (notice_count >= torment->notice_count && notice_count <= notice_count_max) ||
           !is_comparable || scn_mandate_is_left(facts);
}

static void judge(const struct scn_torment *torment, const struct scn_point *point,
                  const struct scn_facts *facts, struct scn_findings *findings)
{
    if (facts->stop != NULL) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "run", "%s", facts->stop);
        return;
    }
    struct scn_facts seen = *facts;
    seen.twin = point->series->kind == SCN_TORTURE_KILLS ? &torment->twin : NULL;
    judge_rules(&seen, point->series->kind, findings);
    const size_t notice_count = scn_torment_count_notices(facts);
    if (seen.twin != NULL && !may_tell(torment, &seen, notice_count)) {
        scn_findings_append(findings, SCN_FAIL, "notices",
                            "%zu different ones were delivered; without the kills %zu",
                            notice_count, torment->notice_count);
    }
}

/* The ladder of the run, for whoever looks at this point alone. */
static void keep_record(const struct scn_torment *torment, const struct scn_facts *facts,
                        struct scn_ordeal *ordeal)
{
    COG_CLEANUP(scn_record_draft_finish) struct scn_record_draft draft = {0};
    const struct scn_run_options options = {
        .seed = torment->seed,
        .repeat_count = 1,
        .transport = SCN_TRANSPORT_MEMORY,
    };
    const struct scn_run run = {
        .findings = ordeal->findings,
        .verdict = scn_findings_verdict(&ordeal->findings),
        .virtual_ms = facts->elapsed_ms,
    };
    if (scn_record_begin(&draft, torment->scenario, facts, &run) == COG_OK) {
        ordeal->record = scn_record_format(&draft, torment->scenario, &options, &run);
    }
}

/* Without a client there is nothing to judge: its program ends with 1, and nothing was sent. */
static bool is_stillborn(const struct scn_point *point, const struct scn_ordeal *ordeal,
                         enum cog_code code)
{
    return point->series->kind != SCN_TORTURE_KILLS && ordeal->is_reached &&
           (code == COG_ERROR_MEMORY || code == COG_ERROR_INTERNAL);
}

static void simulate(const struct scn_torment *torment, const struct scn_point *point,
                     struct scn_simulation_options *options, bool wants_record,
                     struct scn_ordeal *ordeal)
{
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    struct cog_error error = {0};
    const bool is_kill = point->series->kind == SCN_TORTURE_KILLS;
    if (!is_kill) {
        options->shift = begin_shortage(point);
    }
    enum cog_code code = scn_simulation_run(torment->scenario, options, &simulation, &error);
    ordeal->is_reached = !is_kill && scn_shortage_count() >= (size_t)point->at;
    scn_shortage_end();
    if (code != COG_OK) {
        if (!is_stillborn(point, ordeal, code)) {
            char text[COG_ERROR_CAUSE_SIZE];
            scn_findings_append(&ordeal->findings, SCN_INCONCLUSIVE, "run", "%s",
                                cog_error_text(&error, text, sizeof text));
        }
        return;
    }
    const struct scn_facts *facts = scn_simulation_facts(simulation);
    ordeal->is_reached = ordeal->is_reached || (is_kill && facts->unused_kill_count == 0);
    if (!ordeal->is_reached && facts->stop == NULL) {
        return; /* Nothing was done to this client: it is for others to judge. */
    }
    judge(torment, point, facts, &ordeal->findings);
    if (wants_record && scn_findings_verdict(&ordeal->findings) != SCN_PASS) {
        keep_record(torment, facts, ordeal);
    }
}

void scn_ordeal_run(const struct scn_torment *torment, const struct scn_point *point,
                    const char *folder, bool wants_record, struct scn_ordeal *out_ordeal)
{
    const struct scn_undertaking undertaking = undertake(point);
    struct cog_storage_posix files = {.directory = folder};
    const struct cog_storage storage = cog_storage_posix(&files);
    const bool has_files = point->series->kind == SCN_TORTURE_STORAGE;
    struct scn_simulation_options options = {
        .seed = torment->seed,
        .transport = SCN_TRANSPORT_MEMORY,
        .undertaking = &undertaking,
        .storage = has_files ? &storage : NULL,
    };
    if (has_files) {
        scn_folder_remove(folder);
    }
    *out_ordeal = (struct scn_ordeal){0};
    simulate(torment, point, &options, wants_record, out_ordeal);
}

void scn_ordeal_finish(struct scn_ordeal *ordeal)
{
    scn_findings_finish(&ordeal->findings);
    free(ordeal->record);
    *ordeal = (struct scn_ordeal){0};
}
