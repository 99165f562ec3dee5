/* Every schedule of two operators, up to a number of switches. */
#include "explore/operators/interleavings.h"

#include "support/expect.h"

#include <stdio.h>
#include <stdlib.h>

TestSuite(interleavings, .timeout = 60.0);

/* Each run has so many choices, and the ones in `same` run like the one before. */
struct script {
    int choice_count;
    bool are_all_same;
    size_t stop_after;
    size_t count;
    char seen[2048];
};

static bool note(void *context, const struct scn_turns *turns, struct scn_interleaving *out_seen)
{
    struct script *script = context;
    const size_t length = strlen(script->seen);
    int written = snprintf(script->seen + length, sizeof script->seen - length, "[");
    for (size_t i = 0; i < turns->count; i++) {
        const size_t at = length + (size_t)written;
        written += snprintf(script->seen + at, sizeof script->seen - at, "%s%d", i > 0 ? "," : "",
                            turns->items[i]);
    }
    (void)snprintf(script->seen + length + (size_t)written,
                   sizeof script->seen - length - (size_t)written, "]");
    script->count++;
    out_seen->choice_count = script->choice_count;
    (void)snprintf(out_seen->course, sizeof out_seen->course, "course %zu",
                   script->are_all_same ? (size_t)1 : script->count);
    return script->count != script->stop_after;
}

static struct scn_interleavings_summary visit(struct script *script, int switches_max,
                                              bool adds_to_all)
{
    const struct scn_interleavings_options options = {
        .switches_max = switches_max,
        .adds_to_all = adds_to_all,
    };
    struct scn_interleavings_summary summary = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_interleavings_visit(&options, (struct scn_interleavings_visitor){note, script},
                                        &summary, &error),
                COG_OK, error);
    return summary;
}

Test(interleavings, visit_has_each_schedule_run_once_the_short_ones_first)
{
    struct script script = {.choice_count = 3};

    const struct scn_interleavings_summary summary = visit(&script, 2, false);

    EXPECT_STR(script.seen, "[][1][2][3][1,2][1,3][2,3]");
    EXPECT_INT(summary.visited_count, 7);
    EXPECT_INT(summary.same_count, 0);
}

Test(interleavings, visit_counts_up_to_the_number_of_switches)
{
    const size_t counts[] = {1, 11, 56, 176}; /* Sums of the binomial coefficients of 10. */
    for (int i = 0; i < 4; i++) {
        struct script script = {.choice_count = 10};

        EXPECT_INT(visit(&script, i, false).visited_count, counts[i]);
    }
}

Test(interleavings, visit_adds_nothing_to_a_run_that_is_like_one_before)
{
    struct script script = {.choice_count = 3, .are_all_same = true};
    struct script whole = script;

    const struct scn_interleavings_summary summary = visit(&script, 2, false);

    EXPECT_STR(script.seen, "[][1][2][3]");
    EXPECT_INT(summary.same_count, 3);
    EXPECT_INT(visit(&whole, 2, true).visited_count, 7);
}

Test(interleavings, visit_stops_when_it_is_told_to)
{
    struct script script = {.choice_count = 3, .stop_after = 3};

    const struct scn_interleavings_summary summary = visit(&script, 2, false);

    EXPECT_STR(script.seen, "[][1][2]");
    cr_expect(summary.was_stopped);
}

/* A scenario that is run under all of its schedules, with what is wrong in any. */
struct exploration {
    struct scn_scenario scenario;
    struct scn_interleavings_options options;
    size_t failure_count;
    char first[512];
};

static bool run_one(void *context, const struct scn_turns *turns, struct scn_interleaving *out_seen)
{
    struct exploration *exploration = context;
    const struct scn_simulation_options options = {.seed = 1, .transport = SCN_TRANSPORT_MEMORY};
    struct cog_error error = {0};
    ASSERT_CODE(scn_interleaving_run(&exploration->scenario, &options, turns, out_seen, &error),
                COG_OK, error);
    if (out_seen->findings.count > 0 && exploration->failure_count++ == 0) {
        (void)snprintf(exploration->first, sizeof exploration->first, "%s: %.400s",
                       out_seen->findings.items[0].subject, out_seen->findings.items[0].text);
    }
    return true;
}

static struct scn_interleavings_summary explore(const char *name, struct exploration *exploration)
{
    char path[512];
    struct cog_error error = {0};
    struct scn_interleavings_summary summary = {0};
    (void)snprintf(path, sizeof path, "%s/%s.jsonc", BASES_FOLDER, name);
    ASSERT_CODE(scn_scenario_read(path, &exploration->scenario, &error), COG_OK, error);
    ASSERT_CODE(scn_interleavings_visit(&exploration->options,
                                        (struct scn_interleavings_visitor){run_one, exploration},
                                        &summary, &error),
                COG_OK, error);
    return summary;
}

Test(interleavings, of_two_operators_keep_all_invariants)
{
    static const char *const names[] = {
        "another_operator_at_the_lock_of_a_dead_one",
        "another_operator_while_a_job_fails",
        "two_operators_on_one_machine",
        "two_operators_on_two_machines",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct exploration exploration = {.options = {.switches_max = 1}};

        const struct scn_interleavings_summary summary = explore(names[i], &exploration);

        cr_expect(exploration.failure_count == 0, "%s: %zu of %zu: %s", names[i],
                  exploration.failure_count, summary.visited_count, exploration.first);
        cr_expect(summary.visited_count > 10, "%s: %zu schedules", names[i], summary.visited_count);
        scn_scenario_finish(&exploration.scenario);
    }
}

Test(interleavings, of_all_schedules_find_the_same_as_of_those_that_differ)
{
    struct exploration some = {.options = {.switches_max = 2}};
    struct exploration all = {.options = {.switches_max = 2, .adds_to_all = true}};

    const struct scn_interleavings_summary few = explore("two_operators_on_two_machines", &some);
    const struct scn_interleavings_summary many = explore("two_operators_on_two_machines", &all);

    EXPECT_INT(few.visited_count - few.same_count, many.visited_count - many.same_count);
    cr_expect(few.visited_count < many.visited_count);
    EXPECT_INT(some.failure_count, 0);
    EXPECT_INT(all.failure_count, 0);
    scn_scenario_finish(&some.scenario);
    scn_scenario_finish(&all.scenario);
}

static void take(const char *text, struct scn_scenario *scenario)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("file", text, strlen(text), &document, &error), COG_OK, error);
    ASSERT_CODE(scn_scenario_take(&document, scenario, &error), COG_OK, error);
}

static const char together[] = "{\"name\": \"a\", \"client\": {\"second\": {\"machine\": \"same\","
                               " \"turns\": [9]}}, \"expect\": {\"exit\": 0}}";

Test(interleaving, is_the_same_whenever_it_is_run)
{
    const struct scn_simulation_options options = {.seed = 1, .transport = SCN_TRANSPORT_MEMORY};
    const struct scn_turns turns = {{3, 8}, 2};
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};
    char first[COG_DIGEST_SIZE] = "";
    take(together, &scenario);

    for (int i = 0; i < 20; i++) {
        COG_CLEANUP(scn_interleaving_finish) struct scn_interleaving seen = {0};
        ASSERT_CODE(scn_interleaving_run(&scenario, &options, &turns, &seen, &error), COG_OK,
                    error);
        EXPECT_STR(seen.course, i == 0 ? seen.course : first);
        (void)snprintf(first, sizeof first, "%s", seen.course);
    }
}

Test(interleaving, format_puts_the_turns_in_the_place_of_those_that_were_there)
{
    const struct scn_turns turns = {{3, 8}, 2};
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario again = {0};
    struct cog_error error = {0};
    char *text = NULL;
    take(together, &scenario);

    ASSERT_CODE(scn_interleaving_format(&scenario, &turns, &text, &error), COG_OK, error);

    take(text, &again);
    EXPECT_INT(again.second.turns.count, 2);
    EXPECT_INT(again.second.turns.items[0], 3);
    EXPECT_INT(again.second.turns.items[1], 8);
    free(text);
}
