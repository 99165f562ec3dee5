/* The command line of `cogdrill rehearse`. */
#include "program/rehearse_arguments.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(rehearse_arguments, .timeout = 5.0);

enum { WORDS_MAX = 14, WORD_SIZE = 48 };

/** A command line that getopt_long may write to, and its paths. */
struct bench {
    char copies[WORDS_MAX][WORD_SIZE];
    char *words[WORDS_MAX + 1];
    const char *paths[WORDS_MAX];
    struct scn_rehearse_arguments arguments;
    struct cog_error error;
};

static enum cog_code parse(struct bench *bench, const char *const words[WORDS_MAX])
{
    int count = 0;
    *bench = (struct bench){0};
    for (; count < WORDS_MAX && words[count] != NULL; count++) {
        (void)snprintf(bench->copies[count], WORD_SIZE, "%s", words[count]);
        bench->words[count] = bench->copies[count];
    }
    return scn_rehearse_arguments_parse(count, bench->words, bench->paths, &bench->arguments,
                                        &bench->error);
}

Test(rehearse_arguments, without_any_rehearse_all_of_a_hundred_seeds)
{
    const char *words[WORDS_MAX] = {"rehearse"};
    struct bench bench;

    ASSERT_CODE(parse(&bench, words), COG_OK, bench.error);

    EXPECT_INT(bench.arguments.mode, SCN_REHEARSE_AUTOMATIC);
    EXPECT_INT(bench.arguments.path_count, 0);
    EXPECT_INT(bench.arguments.seeds.first, 1);
    EXPECT_INT(bench.arguments.seeds.count, 100);
    EXPECT_INT(bench.arguments.transport, SCN_TRANSPORT_MEMORY);
    cr_expect(!bench.arguments.records);
}

Test(rehearse_arguments, parse_takes_all_of_an_automatic_one)
{
    const char *words[WORDS_MAX] = {
        "rehearse",      "--seeds=3..7", "--fail-if",     "recover.p95 > 90s", "job_fails",
        "-j2",           "--record",     "--json=a.json", "job_hangs",         "--history=h",
        "--html=a.html", "--quiet",      "--fail-if",     "score.min<80"};
    struct bench bench;

    ASSERT_CODE(parse(&bench, words), COG_OK, bench.error);

    const struct scn_rehearse_arguments *arguments = &bench.arguments;
    EXPECT_INT(arguments->seeds.first, 3);
    EXPECT_INT(arguments->seeds.count, 5);
    EXPECT_INT(arguments->condition_count, 2);
    EXPECT_STR(arguments->conditions[1].text, "score.min<80");
    EXPECT_INT(arguments->path_count, 2);
    EXPECT_STR(arguments->paths[1], "job_hangs");
    EXPECT_INT(arguments->worker_count, 2);
    EXPECT_STR(arguments->json_path, "a.json");
    EXPECT_STR(arguments->html_path, "a.html");
    EXPECT_STR(arguments->history_path, "h");
    cr_expect(arguments->records);
    cr_expect(arguments->is_quiet);
}

Test(rehearse_arguments, of_a_foreign_client_rehearse_once_by_the_wire)
{
    const char *words[WORDS_MAX] = {"rehearse", "--client=sh", "--time-scale=30",
                                    "--client-options=env"};
    struct bench bench;

    ASSERT_CODE(parse(&bench, words), COG_OK, bench.error);

    EXPECT_INT(bench.arguments.seeds.count, 1);
    EXPECT_INT(bench.arguments.transport, SCN_TRANSPORT_WIRE);
    EXPECT_INT(bench.arguments.client.time_scale, 30);
    cr_expect(bench.arguments.client.knows_options);
}

Test(rehearse_arguments, parse_takes_all_of_a_guided_one)
{
    const char *words[WORDS_MAX] = {"rehearse",
                                    "--guided",
                                    "job_fails",
                                    "--seed=9",
                                    "--time-scale=4",
                                    "--into=f",
                                    "--operator=Mo",
                                    "--plain",
                                    "--no-split",
                                    "--mock=m",
                                    "--surprise=a",
                                    "--surprise=b",
                                    "--action=c; Mo; 2026-12-01",
                                    "--api-base=http://localhost:1"};
    struct bench bench;

    ASSERT_CODE(parse(&bench, words), COG_OK, bench.error);

    const struct scn_rehearse_arguments *arguments = &bench.arguments;
    EXPECT_INT(arguments->mode, SCN_REHEARSE_GUIDED);
    cr_expect(arguments->has_seed);
    EXPECT_INT(arguments->seed, 9);
    EXPECT_INT(arguments->time_scale, 4);
    EXPECT_INT(arguments->client.time_scale, 0);
    EXPECT_STR(arguments->into, "f");
    EXPECT_STR(arguments->operator_name, "Mo");
    EXPECT_STR(arguments->mock_program, "m");
    EXPECT_STR(arguments->api_base, "http://localhost:1");
    cr_expect(arguments->is_plain);
    cr_expect(arguments->is_unsplit);
    EXPECT_INT(arguments->surprise_count, 2);
    EXPECT_STR(arguments->surprises[1], "b");
    EXPECT_INT(arguments->action_count, 1);
    EXPECT_STR(arguments->actions[0], "c; Mo; 2026-12-01");
}

Test(rehearse_arguments, parse_takes_all_of_a_tabletop)
{
    const char *words[WORDS_MAX] = {"rehearse", "--answers", "job_fails", "--quiet", "--tabletop"};
    struct bench bench;

    ASSERT_CODE(parse(&bench, words), COG_OK, bench.error);

    EXPECT_INT(bench.arguments.mode, SCN_REHEARSE_TABLETOP);
    EXPECT_STR(bench.arguments.paths[0], "job_fails");
    cr_expect(bench.arguments.has_answers);
}

Test(rehearse_arguments, that_ask_for_help_need_not_be_right)
{
    const char *words[WORDS_MAX] = {"rehearse", "--guided", "--tabletop", "--help"};
    struct bench bench;

    ASSERT_CODE(parse(&bench, words), COG_OK, bench.error);

    cr_expect(bench.arguments.is_help);
}

Test(rehearse_arguments, parse_refuses_what_cannot_be_meant)
{
    const struct {
        const char *words[WORDS_MAX];
        const char *message;
    } rows[] = {
        {{"rehearse", "--guided", "--tabletop"}, "--guided is for doing, --tabletop for talking"},
        {{"rehearse", "--guided", "--seeds=1..9"},
         "--seeds belongs to rehearsals without people, not to --guided"},
        {{"rehearse", "--json=a", "--tabletop"},
         "--json belongs to rehearsals without people, not to --tabletop"},
        {{"rehearse", "--operator=Mo"},
         "--operator belongs to --guided, not to rehearsals without people"},
        {{"rehearse", "--seed=3"}, "--seed belongs to --guided, not to rehearsals without people"},
        {{"rehearse", "--answers"},
         "--answers belongs to --tabletop, not to rehearsals without people"},
        {{"rehearse", "--guided", "--exit-map=a"}, "--exit-map belongs to rehearsals without"},
        {{"rehearse", "--guided", "--quiet"}, "--quiet belongs to rehearsals without people"},
        {{"rehearse", "--guided", "a", "b"},
         "people rehearse one drill at a time, not 'b' besides"},
        {{"rehearse", "--tabletop", "a", "b"}, "people rehearse one drill at a time"},
        {{"rehearse", "--guided", "--against-real-tenant=a"},
         "--against-real-tenant needs --api-base"},
        {{"rehearse", "--transport=both"}, "a rehearsal is by 'memory' or by 'wire'"},
        {{"rehearse", "--transport=memory", "--client=sh"},
         "a process can only be reached by 'wire', not by 'memory'"},
        {{"rehearse", "--exit-map=a"}, "--exit-map belongs to --client"},
        {{"rehearse", "--seeds=9..1"}, "--seeds '9..1': expected A..B"},
        {{"rehearse", "--seeds=1..10001"}, "at most 10000"},
        {{"rehearse", "--fail-if=recover > 9s"},
         "--fail-if 'recover > 9s': expected FIGURE.STATISTIC OPERATOR VALUE"},
        {{"rehearse", "--json="}, "--json: expected a text that is not empty"},
        {{"rehearse", "--guided", "--action="}, "--action: expected a text that is not empty"},
        {{"rehearse", "--jobs=0"}, "--jobs: expected a whole number from 1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench;

        ASSERT_CODE(parse(&bench, rows[i].words), COG_ERROR_ARGUMENT, bench.error);

        EXPECT_CONTAINS(bench.error.message, rows[i].message);
    }
}
