#include "torment.h"

#include "judge/invariant.h"

#include <cogbase/number.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_MAX = 1000000 };

static void stop(const char *path, const struct cog_error *error)
{
    char text[COG_ERROR_CAUSE_SIZE];
    (void)printf("Bail out! %s: %s\n", path, cog_error_text(error, text, sizeof text));
    exit(1);
}

void torment_init(struct torment *torment, const char *path)
{
    struct cog_error error = {0};
    torment->path = path;
    if (scn_scenario_read(path, &torment->scenario, &error) != COG_OK) {
        stop(path, &error);
    }
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    const struct scn_simulation_options options = {.seed = 1, .transport = SCN_TRANSPORT_MEMORY};
    if (scn_simulation_run(&torment->scenario, &options, &simulation, &error) != COG_OK) {
        stop(path, &error);
    }
    torment->untroubled = verdict_of(simulation);
}

void torment_finish(struct torment *torment)
{
    scn_scenario_finish(&torment->scenario);
}

int torment_step(const char *text)
{
    int64_t step = 0;
    return cog_number_parse_integer(text, 1, POINTS_MAX, &step, NULL) == COG_OK ? (int)step : 0;
}

/** A notice that came twice, with one id, is one. */
static size_t count_notices(const struct scn_facts *facts)
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

struct verdict verdict_of(const struct scn_simulation *simulation)
{
    const struct scn_facts *facts = scn_simulation_facts(simulation);
    struct verdict verdict = {
        .outcome = facts->report->outcome,
        .deployment_count = facts->deployment_count,
        .is_target_new = strcmp(facts->target.now, facts->target.start) != 0,
        .delivery_count = count_notices(facts),
    };
    for (size_t i = 0; i < facts->deployment_count; i++) {
        verdict.rollback_count += facts->deployments[i].rollback_count;
    }
    return verdict;
}

bool verdict_compare(const struct verdict *expected, const struct verdict *found, const char *where)
{
    bool is_same = expected->outcome == found->outcome &&
                   expected->deployment_count == found->deployment_count &&
                   expected->rollback_count == found->rollback_count &&
                   expected->is_target_new == found->is_target_new &&
                   expected->delivery_count == found->delivery_count;
    if (!is_same) {
        (void)fprintf(stderr,
                      "%s: outcome %s, %zu deployments, %d rollbacks, target %s, %zu notices;"
                      " untroubled: %s, %zu, %d, %s, %zu\n",
                      where, cog_outcome_name(found->outcome), found->deployment_count,
                      found->rollback_count, found->is_target_new ? "new" : "as before",
                      found->delivery_count, cog_outcome_name(expected->outcome),
                      expected->deployment_count, expected->rollback_count,
                      expected->is_target_new ? "new" : "as before", expected->delivery_count);
    }
    return is_same;
}

static bool is_among(const char *id, const char *const *ids)
{
    for (size_t i = 0; ids[i] != NULL; i++) {
        if (strcmp(ids[i], id) == 0) {
            return true;
        }
    }
    return false;
}

bool invariants_hold(const struct scn_simulation *simulation, const char *const *left_out,
                     const char *where)
{
    const struct scn_facts *facts = scn_simulation_facts(simulation);
    bool hold = facts->stop == NULL;
    if (!hold) {
        (void)fprintf(stderr, "%s: %s\n", where, facts->stop);
    }
    for (const struct scn_invariant *rule = scn_invariants(); rule->id != NULL; rule++) {
        if (is_among(rule->id, left_out)) {
            continue;
        }
        const struct scn_judgement judgement = rule->judge(facts);
        if (judgement.result != SCN_PASS) {
            (void)fprintf(stderr, "%s: %s: %s\n", where, rule->id, judgement.text);
            hold = false;
        }
    }
    return hold;
}

bool tap_report(int number, bool is_ok, const char *name, size_t point_count)
{
    (void)printf("%s %d - %s (%zu points)\n", is_ok ? "ok" : "not ok", number, name, point_count);
    (void)fflush(stdout);
    return is_ok;
}
