/* What a terminal shows of a drill that was rehearsed. */
#include "drill/automatic/summary.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(drill_summary, .timeout = 5.0);

enum { RUN_COUNT = 3 };

/* Three rehearsals of a drill with two checks. */
struct bench {
    struct scn_drill drill;
    struct scn_rehearsal runs[RUN_COUNT];
    struct scn_drill_series series;
    struct scn_drill_summary summary;
};

static void bench_init(struct bench *bench)
{
    static char id[] = "job_fails";
    static char name[] = "the job fails";
    *bench = (struct bench){
        .drill = {.id = id, .pass_mark = 80, .checklist = {.count = 2}},
        .series = {.items = bench->runs, .count = RUN_COUNT},
        .summary = {.drill = &bench->drill, .series = &bench->series},
    };
    bench->drill.scenario.name = name;
    bench->drill.checklist.items[0] = (struct scn_check){
        .id = "restored", .text = "The target is as before", .is_critical = true};
    bench->drill.checklist.items[1] = (struct scn_check){.id = "told", .text = "It was told"};
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        bench->drill.targets[i] = -1;
    }
    bench->drill.targets[SCN_FIGURE_RECOVER] = 60000;
    for (size_t i = 0; i < RUN_COUNT; i++) {
        struct scn_rehearsal *run = &bench->runs[i];
        *run = (struct scn_rehearsal){.seed = 5 + i, .checks = {.count = 2}};
        run->score.points = 100;
        for (size_t j = 0; j < SCN_FIGURE_COUNT; j++) {
            run->figures.items[j] = (struct scn_figure){.server = -1, .client = -1};
        }
        run->figures.items[SCN_FIGURE_RECOVER].server = 20000 + (int64_t)i * 1500;
    }
}

static void fail_run(struct scn_rehearsal *run, enum scn_result result, const char *evidence)
{
    run->score.verdict = result;
    run->score.points = 40;
    run->checks.items[0].result = result;
    (void)snprintf(run->checks.items[0].evidence, sizeof run->checks.items[0].evidence, "%s",
                   evidence);
}

static void expect_text(const struct bench *bench, const char *expected)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_drill_summary_append(&bench->summary, &text, &error), COG_OK, error);

    EXPECT_STR(cog_text_string(&text), expected);
}

Test(drill_summary, of_a_pass_is_short)
{
    struct bench bench;
    bench_init(&bench);

    expect_text(&bench, "job_fails: the job fails\n"
                        "  pass: 3 of 3 seeds passed (5 to 7), points: median 100, least 100; pass"
                        " mark 80\n"
                        "                                runs     median        p95        max"
                        "     target\n"
                        "  time to recover                  3      21.5s        23s        23s"
                        "         1m  met\n");
}

Test(drill_summary, says_what_failed_how_often_and_on_what_that_rests)
{
    struct bench bench;
    bench_init(&bench);
    fail_run(&bench.runs[1], SCN_FAIL, "target's digest 4e1f is not that of the start");
    fail_run(&bench.runs[2], SCN_INCONCLUSIVE, "the run did not end");
    bench.runs[2].figures.items[SCN_FIGURE_RECOVER].server = -1;
    bench.summary.replay = "cogdrill rehearse --seeds 6 job_fails";

    EXPECT_INT(scn_drill_summary_verdict(&bench.summary), SCN_FAIL);
    expect_text(&bench,
                "job_fails: the job fails\n"
                "  fail: 1 of 3 seeds passed (5 to 7), points: median 40, least 40; pass mark 80\n"
                "                                runs     median        p95        max"
                "     target\n"
                "  time to recover                  2        20s      21.5s      21.5s"
                "         1m  not known of all\n"
                "  restored (critical) failed in 1 of 3 runs: The target is as before\n"
                "      seed 6: target's digest 4e1f is not that of the start\n"
                "  restored (critical) could not be judged in 1 of 3 runs: The target is as"
                " before\n"
                "      seed 7: the run did not end\n"
                "  again: cogdrill rehearse --seeds 6 job_fails\n");
}

Test(drill_summary, of_a_run_that_never_came_so_far_has_missed_the_target)
{
    struct bench bench;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    bench_init(&bench);
    bench.runs[2].figures.items[SCN_FIGURE_RECOVER].server = -1;

    ASSERT_CODE(scn_drill_summary_append(&bench.summary, &text, &error), COG_OK, error);

    EXPECT_CONTAINS(cog_text_string(&text), "1m  missed by some\n");
}

Test(drill_summary, of_runs_that_nobody_could_judge_is_no_pass)
{
    struct bench bench;
    bench_init(&bench);
    fail_run(&bench.runs[0], SCN_INCONCLUSIVE, "the run did not end");

    EXPECT_INT(scn_drill_summary_verdict(&bench.summary), SCN_INCONCLUSIVE);
}

Test(drill_summary, of_conditions_fails_where_one_is_met_and_is_no_pass_where_nobody_can_tell)
{
    const struct scn_condition condition = {.text = "recover.p95 > 1s",
                                            .figure = SCN_FIGURE_RECOVER};
    const struct {
        enum scn_gate_state state;
        enum scn_result verdict;
    } rows[] = {
        {SCN_GATE_OPEN, SCN_PASS},
        {SCN_GATE_IDLE, SCN_PASS},
        {SCN_GATE_CLOSED, SCN_FAIL},
        {SCN_GATE_BROKEN, SCN_INCONCLUSIVE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench;
        const struct scn_gate gate = {&condition, rows[i].state, 23000, RUN_COUNT};
        bench_init(&bench);
        bench.summary.gates = &gate;
        bench.summary.gate_count = 1;

        EXPECT_INT(scn_drill_summary_verdict(&bench.summary), rows[i].verdict);
    }
}

Test(drill_summary, says_of_how_many_runs_a_condition_is)
{
    const struct scn_condition condition = {.text = "recover.p95 > 1s",
                                            .figure = SCN_FIGURE_RECOVER};
    const struct scn_gate gate = {&condition, SCN_GATE_CLOSED, 23000, 2};
    struct bench bench;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    bench_init(&bench);
    bench.summary.gates = &gate;
    bench.summary.gate_count = 1;

    ASSERT_CODE(scn_drill_summary_append(&bench.summary, &text, &error), COG_OK, error);

    EXPECT_CONTAINS(cog_text_string(&text), "it is 23s, in the 2 of 3 runs that have it\n");
}

Test(drill_summary, keeps_to_a_hundred_columns)
{
    struct bench bench;
    char evidence[SCN_CHECK_EVIDENCE_SIZE];
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    bench_init(&bench);
    memset(evidence, 'x', sizeof evidence);
    evidence[sizeof evidence - 1] = '\0';
    fail_run(&bench.runs[0], SCN_FAIL, evidence);

    ASSERT_CODE(scn_drill_summary_append(&bench.summary, &text, &error), COG_OK, error);

    for (const char *line = cog_text_string(&text); *line != '\0'; line = strchr(line, '\n') + 1) {
        cr_expect(strcspn(line, "\n") <= 100, "%s", line);
    }
}
