/* A drill, once a seed: in the order of seeds, whatever happens to single runs. */
#include "drill/automatic/gate.h"

#include "support/expect.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(drill_series, .timeout = 60.0);

enum { STALL_MS = 300, CRASHING = 7, HANGING = 8, FAILING = 3 };

static struct scn_drill drill_make(void)
{
    struct scn_drill drill = {.checklist = {.count = 1}};
    drill.checklist.items[0].id = "restored";
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        drill.targets[i] = -1;
    }
    drill.targets[SCN_FIGURE_DETECT] = 1000;
    return drill;
}

/* Recovers in as many seconds as the seed, and is never mixed. */
static enum cog_code run_smoothly(const struct scn_drill *drill,
                                  const struct scn_rehearsal_options *options,
                                  struct scn_rehearsal *out_rehearsal, struct cog_error *error)
{
    struct scn_rehearsal rehearsal = {.seed = options->seed, .checks = {.count = 1}};
    (void)drill;
    (void)error;
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        rehearsal.figures.items[i] = (struct scn_figure){.server = -1, .client = -1};
    }
    rehearsal.figures.items[SCN_FIGURE_RECOVER].server = (int64_t)options->seed * 1000;
    rehearsal.score.points = (int)options->seed;
    rehearsal.record = options->wants_record ? strdup("{}") : NULL;
    *out_rehearsal = rehearsal;
    return COG_OK;
}

/* Some of them come to nothing. */
static enum cog_code run_badly(const struct scn_drill *drill,
                               const struct scn_rehearsal_options *options,
                               struct scn_rehearsal *out_rehearsal, struct cog_error *error)
{
    if (options->seed == CRASHING) {
        abort();
    }
    while (options->seed == HANGING) {
        (void)pause();
    }
    enum cog_code code = run_smoothly(drill, options, out_rehearsal, error);
    if (options->seed == FAILING) {
        out_rehearsal->score.verdict = SCN_FAIL;
    }
    return code;
}

static enum cog_code run_never(const struct scn_drill *drill,
                               const struct scn_rehearsal_options *options,
                               struct scn_rehearsal *out_rehearsal, struct cog_error *error)
{
    (void)drill;
    (void)options;
    (void)out_rehearsal;
    return cog_error_set(error, COG_ERROR_CONFIGURATION, "it has kills");
}

static struct scn_drill_series_options options_make(const struct scn_drill *drill)
{
    return (struct scn_drill_series_options){
        .drill = drill,
        .first_seed = 1,
        .seed_count = 10,
        .worker_count = 2,
        .stall_ms = STALL_MS,
        .interrupt_descriptor = -1,
        .run = run_smoothly,
    };
}

Test(drill_series, has_its_runs_in_the_order_of_seeds_for_any_number_of_processes)
{
    const struct scn_drill drill = drill_make();
    for (size_t workers = 1; workers <= 4; workers++) {
        struct scn_drill_series_options options = options_make(&drill);
        COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series series = {0};
        struct cog_error error = {0};
        options.worker_count = workers;
        options.first_seed = 5;

        ASSERT_CODE(scn_drill_series_run(&options, &series, &error), COG_OK, error);

        EXPECT_INT(series.count, 10);
        for (size_t i = 0; i < series.count; i++) {
            EXPECT_INT(series.items[i].seed, 5 + i);
        }
    }
}

Test(drill_series, loses_no_more_than_the_run_that_crashes_or_hangs)
{
    const struct scn_drill drill = drill_make();
    struct scn_drill_series_options options = options_make(&drill);
    COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series series = {0};
    struct cog_error error = {0};
    options.run = run_badly;

    ASSERT_CODE(scn_drill_series_run(&options, &series, &error), COG_OK, error);

    EXPECT_INT(scn_drill_series_count(&series, SCN_PASS), 7);
    EXPECT_INT(scn_drill_series_count(&series, SCN_FAIL), 1);
    EXPECT_INT(scn_drill_series_count(&series, SCN_INCONCLUSIVE), 2);
    const struct scn_rehearsal *crashed = &series.items[CRASHING - 1];
    EXPECT_INT(crashed->seed, CRASHING);
    EXPECT_INT(crashed->figures.items[SCN_FIGURE_RECOVER].server, -1);
    EXPECT_INT(crashed->timeline.milestones[SCN_MILESTONE_APPLIED].server_ms, -1);
    EXPECT_INT(crashed->checks.count, 1);
    EXPECT_INT(crashed->checks.items[0].result, SCN_INCONCLUSIVE);
    EXPECT_CONTAINS(crashed->findings.items[0].text, "signal");
    EXPECT_INT(series.items[HANGING - 1].findings.count, 1);
}

Test(drill_series, keeps_no_record_but_the_one_that_is_asked_for)
{
    const struct scn_drill drill = drill_make();
    const struct scn_drill_series_options options = options_make(&drill);
    COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series series = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_drill_series_run(&options, &series, &error), COG_OK, error);

    ASSERT_CODE(scn_drill_series_record(&options, &series, 4, &error), COG_OK, error);

    for (size_t i = 0; i < series.count; i++) {
        cr_expect((series.items[i].record != NULL) == (i == 4), "run %zu", i);
    }
}

Test(drill_series, of_a_drill_that_is_none_for_the_client_says_why)
{
    const struct scn_drill drill = drill_make();
    struct scn_drill_series_options options = options_make(&drill);
    COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series series = {0};
    struct cog_error error = {0};
    options.run = run_never;

    ASSERT_CODE(scn_drill_series_run(&options, &series, &error), COG_OK, error);

    EXPECT_CONTAINS(series.skip, "it has kills");
}

Test(drill_series, ends_when_it_is_interrupted)
{
    const struct scn_drill drill = drill_make();
    struct scn_drill_series_options options = options_make(&drill);
    COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series series = {0};
    struct cog_error error = {0};
    int ends[2];
    cr_assert(pipe(ends) == 0 && write(ends[1], "x", 1) == 1);
    options.interrupt_descriptor = ends[0];
    options.run = run_badly;

    ASSERT_CODE(scn_drill_series_run(&options, &series, &error), COG_ERROR_CANCELLED, error);

    EXPECT_INT(series.count, 0);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static enum scn_gate_state judge(const char *text, int64_t *out_value)
{
    const struct scn_drill drill = drill_make();
    const struct scn_drill_series_options options = options_make(&drill);
    COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series series = {0};
    struct scn_condition condition = {0};
    struct scn_gate gate = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_condition_parse(text, &condition, &error), COG_OK, error);
    ASSERT_CODE(scn_drill_series_run(&options, &series, &error), COG_OK, error);
    ASSERT_CODE(scn_gate_judge(&condition, &drill, &series, &gate, &error), COG_OK, error);
    *out_value = gate.value;
    return gate.state;
}

Test(drill_series, gate_is_closed_where_its_condition_is_met)
{
    int64_t value = 0;

    EXPECT_INT(judge("recover.median >= 5s", &value), SCN_GATE_CLOSED);
    EXPECT_INT(value, 5000);
    EXPECT_INT(judge("recover.max > 10s", &value), SCN_GATE_OPEN);
    EXPECT_INT(value, 10000);
    EXPECT_INT(judge("score.min < 2", &value), SCN_GATE_CLOSED);
    EXPECT_INT(value, 1);
}

Test(drill_series, gate_about_a_figure_that_no_run_has_is_no_pass)
{
    int64_t value = 0;

    EXPECT_INT(judge("detect.p95 > 9s", &value), SCN_GATE_BROKEN); /* It has a target. */
    EXPECT_INT(value, -1);
    EXPECT_INT(judge("exposure.p95 > 9s", &value), SCN_GATE_IDLE);
}
