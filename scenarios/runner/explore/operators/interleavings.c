#include "explore/operators/interleavings.h"

#include "explore/operators/courses.h"
#include "judge/invariant.h"
#include "judge/rivalry.h"
#include "report/trace.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void judge(const struct scn_facts *facts, struct scn_findings *findings)
{
    static const struct scn_expectation nothing = {0};
    if (facts->stop != NULL) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "run", "%s", facts->stop);
        return;
    }
    scn_invariants_judge(facts, findings, NULL);
    scn_rivalry_judge_second(&nothing, facts, findings);
}

enum cog_code scn_interleaving_run(const struct scn_scenario *scenario,
                                   const struct scn_simulation_options *options,
                                   const struct scn_turns *turns,
                                   struct scn_interleaving *out_interleaving,
                                   struct cog_error *error)
{
    struct scn_scenario choice = *scenario;
    choice.second.turns = *turns;
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    enum cog_code code = scn_simulation_run(&choice, options, &simulation, error);
    if (code != COG_OK) {
        return code;
    }
    const struct scn_facts *facts = scn_simulation_facts(simulation);
    COG_CLEANUP(cog_string_finish) char *trace = scn_trace_format(facts);
    struct scn_interleaving interleaving = {.choice_count = facts->rivalry.choice_count};
    if (trace == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    code = cog_digest_sha256(trace, strlen(trace), interleaving.course);
    if (code != COG_OK) {
        return cog_error_set(error, code, "no digest of a trace");
    }
    judge(facts, &interleaving.findings);
    *out_interleaving = interleaving;
    return COG_OK;
}

void scn_interleaving_finish(struct scn_interleaving *interleaving)
{
    scn_findings_finish(&interleaving->findings);
    *interleaving = (struct scn_interleaving){0};
}

/* In the place of those that the file or its case may have. */
static bool set_turns(cJSON *root, const struct scn_turns *turns)
{
    cJSON *client = cJSON_GetObjectItemCaseSensitive(root, "client");
    cJSON *second = cJSON_GetObjectItemCaseSensitive(client, "second");
    cJSON *array = cJSON_CreateIntArray(turns->items, (int)turns->count);
    cJSON_DeleteItemFromObjectCaseSensitive(second, "turns");
    if (second == NULL || array == NULL || !cJSON_AddItemToObject(second, "turns", array)) {
        cJSON_Delete(array);
        return false;
    }
    return true;
}

enum cog_code scn_interleaving_format(const struct scn_scenario *scenario,
                                      const struct scn_turns *turns, char **out_text,
                                      struct cog_error *error)
{
    const struct scn_second *second = &scenario->second;
    const cJSON *root = scenario->file->document.root;
    assert(second->is_there);
    if (cJSON_GetObjectItemCaseSensitive(root, "cases") != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "'%s' has cases: start from a file with one run", scenario->name);
    }
    COG_CLEANUP(cog_json_finish) cJSON *copy = cJSON_Duplicate(root, true);
    if (copy == NULL || !set_turns(copy, turns)) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_text = cJSON_Print(copy);
    return *out_text != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* A schedule that was run, and to which one more switch may be added. */
struct stem {
    struct scn_turns turns;
    int choice_count;
};

struct stems {
    struct stem *items; /* Owned. */
    size_t count;
    size_t capacity;
};

struct walk {
    struct scn_interleavings_visitor visitor;
    struct scn_courses courses;
    struct stems stems; /* Of all numbers of switches so far, one behind the other. */
    struct scn_interleavings_summary summary;
    const struct scn_interleavings_options *options;
};

static void walk_finish(struct walk *walk)
{
    scn_courses_finish(&walk->courses);
    free(walk->stems.items);
}

static enum cog_code push(struct stems *stems, const struct stem *stem, struct cog_error *error)
{
    enum { CAPACITY_MIN = 64 };
    if (stems->count == stems->capacity) {
        const size_t capacity = stems->capacity > 0 ? stems->capacity * 2 : CAPACITY_MIN;
        struct stem *items = realloc(stems->items, capacity * sizeof *items);
        if (items == NULL) {
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
        stems->items = items;
        stems->capacity = capacity;
    }
    stems->items[stems->count++] = *stem;
    return COG_OK;
}

/* A run that is like one before has the same futures, and that one had no more switches. */
static enum cog_code run_one(struct walk *walk, const struct scn_turns *turns,
                             struct cog_error *error)
{
    COG_CLEANUP(scn_interleaving_finish) struct scn_interleaving seen = {0};
    bool is_new = false;
    walk->summary.visited_count++;
    if (!walk->visitor.visit(walk->visitor.context, turns, &seen)) {
        walk->summary.was_stopped = true;
        return COG_OK;
    }
    enum cog_code code = scn_courses_add(&walk->courses, seen.course, &is_new, error);
    if (code != COG_OK) {
        return code;
    }
    walk->summary.same_count += is_new ? 0 : 1;
    const struct stem stem = {.turns = *turns, .choice_count = seen.choice_count};
    const bool is_stem = (is_new || walk->options->adds_to_all) &&
                         turns->count < (size_t)walk->options->switches_max;
    return is_stem ? push(&walk->stems, &stem, error) : COG_OK;
}

/* All schedules that have one switch more than the stem, behind its last one. */
static enum cog_code extend(struct walk *walk, struct stem stem, struct cog_error *error)
{
    struct scn_turns turns = stem.turns;
    const int last = turns.count > 0 ? turns.items[turns.count - 1] : 0;
    enum cog_code code = COG_OK;
    turns.count++;
    for (int i = last + 1; code == COG_OK && !walk->summary.was_stopped && i <= stem.choice_count;
         i++) {
        turns.items[turns.count - 1] = i;
        code = run_one(walk, &turns, error);
    }
    return code;
}

enum cog_code scn_interleavings_visit(const struct scn_interleavings_options *options,
                                      struct scn_interleavings_visitor visitor,
                                      struct scn_interleavings_summary *out_summary,
                                      struct cog_error *error)
{
    assert(options->switches_max >= 0 && options->switches_max <= SCN_SWITCHES_MAX);
    static const struct scn_turns none = {0};
    COG_CLEANUP(walk_finish)
    struct walk walk = {.visitor = visitor, .options = options};
    enum cog_code code = run_one(&walk, &none, error);
    for (size_t i = 0; code == COG_OK && !walk.summary.was_stopped && i < walk.stems.count; i++) {
        code = extend(&walk, walk.stems.items[i], error);
    }
    if (code == COG_OK) {
        *out_summary = walk.summary;
    }
    return code;
}
