#include "program/arguments.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(arguments, .timeout = 5.0);

enum { WORDS_MAX = 12, WORD_SIZE = 32 };

/** A command line that getopt_long may write to, and its paths. */
struct bench {
    char copies[WORDS_MAX][WORD_SIZE];
    char *words[WORDS_MAX + 1];
    const char *paths[WORDS_MAX + SCN_DEFAULT_PATHS_MAX];
};

static enum cog_code parse(struct bench *bench, const char *const words[WORDS_MAX],
                           struct scn_arguments *arguments, struct cog_error *error)
{
    int count = 0;
    for (; count < WORDS_MAX && words[count] != NULL; count++) {
        (void)snprintf(bench->copies[count], WORD_SIZE, "%s", words[count]);
        bench->words[count] = bench->copies[count];
    }
    bench->words[count] = NULL;
    return scn_arguments_parse(count, bench->words, bench->paths, arguments, error);
}

Test(arguments, parse_takes_options_and_paths_in_any_order)
{
    const char *words[WORDS_MAX] = {"cogdrill", "run",      "a", "--seed=7", "--junit", "out.xml",
                                    "b",        "--repeat", "3", "--quiet",  "--",      "-c"};
    struct bench bench;
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&bench, words, &arguments, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(arguments.verb, SCN_VERB_RUN);
    EXPECT_INT(arguments.path_count, 3);
    EXPECT_STR(arguments.paths[0], "a");
    EXPECT_STR(arguments.paths[1], "b");
    EXPECT_STR(arguments.paths[2], "-c");
    EXPECT_INT(arguments.seed, 7);
    EXPECT_INT(arguments.repeat_count, 3);
    EXPECT_STR(arguments.junit_path, "out.xml");
    cr_expect(arguments.is_quiet);
    cr_expect(arguments.trace_folder == NULL);
}

Test(arguments, parse_collects_what_is_given_several_times)
{
    const char *words[WORDS_MAX] = {"cogdrill", "list", "--filter", "a",    "--filter", "b",
                                    "--tag",    "!x",   "--shard",  "2/10", "--names",  "c"};
    struct bench bench;
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&bench, words, &arguments, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(arguments.selection.filters.count, 2);
    EXPECT_STR(arguments.selection.filters.items[1], "b");
    EXPECT_STR(arguments.selection.tags.items[0], "!x");
    EXPECT_INT(arguments.selection.shard.index, 2);
    EXPECT_INT(arguments.selection.shard.count, 10);
    cr_expect(arguments.is_names_only);
}

Test(arguments, parse_takes_the_number_of_jobs_in_three_forms)
{
    const char *const forms[][2] = {{"-j", "3"}, {"-j3", NULL}, {"--jobs=3", NULL}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *words[WORDS_MAX] = {"cogdrill", "run", forms[i][0], forms[i][1]};
        struct bench bench;
        struct scn_arguments arguments = {0};
        struct cog_error error = {0};

        ASSERT_CODE(parse(&bench, words, &arguments, &error), COG_OK, error);

        EXPECT_INT(arguments.worker_count, 3);
    }
}

Test(arguments, parse_has_defaults)
{
    const char *words[WORDS_MAX] = {"cogdrill", "run"};
    struct bench bench;
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&bench, words, &arguments, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(arguments.seed, 1);
    EXPECT_INT(arguments.repeat_count, 1);
    EXPECT_INT(arguments.path_count, 0);
    EXPECT_INT(arguments.transport, SCN_TRANSPORT_MEMORY);
}

Test(arguments, parse_knows_the_transports)
{
    const char *words[WORDS_MAX] = {"cogdrill", "run", "--transport", "both"};
    struct bench bench;
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};

    ASSERT_CODE(parse(&bench, words, &arguments, &error), COG_OK, error);

    EXPECT_INT(arguments.transport, SCN_TRANSPORT_BOTH);
}

Test(arguments, parse_takes_what_torture_does)
{
    const char *words[WORDS_MAX] = {"cogdrill", "torture", "--memory", "--kills", "--step=17", "a",
                                    "-j2",      "--seed",  "3",        "--json",  "b"};
    struct bench bench;
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};

    ASSERT_CODE(parse(&bench, words, &arguments, &error), COG_OK, error);

    EXPECT_INT(arguments.verb, SCN_VERB_TORTURE);
    cr_expect(arguments.torture.kinds[SCN_TORTURE_MEMORY]);
    cr_expect(!arguments.torture.kinds[SCN_TORTURE_STORAGE]);
    cr_expect(arguments.torture.kinds[SCN_TORTURE_KILLS]);
    cr_expect(arguments.torture.only.series == NULL);
    EXPECT_INT(arguments.torture.step, 17);
    EXPECT_INT(arguments.worker_count, 2);
    EXPECT_INT(arguments.path_count, 1);
}

Test(arguments, parse_takes_one_point_of_torture)
{
    const char *words[WORDS_MAX] = {"cogdrill", "torture", "--only", "kill after_event 3 moved",
                                    "a"};
    struct bench bench;
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};

    ASSERT_CODE(parse(&bench, words, &arguments, &error), COG_OK, error);

    EXPECT_INT(arguments.torture.only.at, 3);
    cr_expect(arguments.torture.only.is_moved);
    EXPECT_INT(arguments.torture.step, 1);
}

Test(arguments, parse_shows_the_help_wherever_it_is_asked_for)
{
    const char *first[WORDS_MAX] = {"cogdrill", "--help"};
    const char *second[WORDS_MAX] = {"cogdrill", "check", "--help"};
    struct bench bench;
    struct scn_arguments arguments = {.verb = SCN_VERB_RUN};
    struct cog_error error = {0};

    ASSERT_CODE(parse(&bench, first, &arguments, &error), COG_OK, error);
    EXPECT_INT(arguments.verb, SCN_VERB_HELP);
    ASSERT_CODE(parse(&bench, second, &arguments, &error), COG_OK, error);
    EXPECT_INT(arguments.verb, SCN_VERB_HELP);
}

Test(arguments, parse_says_what_is_wrong)
{
    const struct {
        const char *words[WORDS_MAX];
        const char *message;
    } rows[] = {
        {{"cogdrill"}, "a verb is missing"},
        {{"cogdrill", "runn"}, "unknown verb 'runn', did you mean 'run'?"},
        {{"cogdrill", "explode"}, "unknown verb 'explode'"},
        {{"cogdrill", "run", "--sed", "1"}, "unknown flag '--sed', did you mean '--seed'?"},
        {{"cogdrill", "run", "--seed"}, "--seed needs a value"},
        {{"cogdrill", "run", "--seed", "x"}, "--seed: expected a whole number"},
        {{"cogdrill", "run", "--seed=-1"}, "--seed: expected a whole number"},
        {{"cogdrill", "run", "--repeat", "0"}, "--repeat: expected a whole number"},
        {{"cogdrill", "run", "--quiet=yes"}, "--quiet takes no value"},
        {{"cogdrill", "run", "--transport", "air"},
         "--transport: expected 'memory', 'wire' or 'both', not 'air'"},
        {{"cogdrill", "check", "--seed", "1"}, "--seed belongs to 'run'"},
        {{"cogdrill", "list", "--watch"}, "--watch belongs to 'run'"},
        {{"cogdrill", "check", "--tag", "a"},
         "--tag belongs to 'run', 'list', 'coverage' and 'torture'"},
        {{"cogdrill", "list", "--shard", "1/2", "--html", "a"},
         "--html belongs to 'run' and 'coverage'"},
        {{"cogdrill", "run", "--memory"}, "--memory belongs to 'torture'"},
        {{"cogdrill", "torture", "--html", "a"}, "--html belongs to 'run' and 'coverage'"},
        {{"cogdrill", "torture", "--step", "0"}, "--step: expected a whole number from 1"},
        {{"cogdrill", "torture", "--only", "memory"}, "--only: 'memory' is no point; such are"},
        {{"cogdrill", "torture", "--only", "memory 1", "--kills"},
         "--only is one point: not with --kills"},
        {{"cogdrill", "torture", "--only", "memory 1", "--step", "2"},
         "--only is one point: not with --step"},
        {{"cogdrill", "torture", "--transport", "wire"},
         "--transport: 'torture' is by calls, which is 'memory'"},
        {{"cogdrill", "tortur"}, "unknown verb 'tortur', did you mean 'torture'?"},
        {{"cogdrill", "run", "--names"}, "--names belongs to 'list'"},
        {{"cogdrill", "run", "-j", "0"}, "--jobs: expected a whole number from 1 to 64"},
        {{"cogdrill", "run", "-j"}, "-j needs a value"},
        {{"cogdrill", "run", "--shard", "5/4"}, "--shard '5/4': expected I/N, with I from 1 to N"},
        {{"cogdrill", "run", "--shard", "0/4"}, "--shard '0/4': expected I/N"},
        {{"cogdrill", "run", "--shard", "2"}, "--shard '2': expected I/N"},
        {{"cogdrill", "run", "--shard", "1/2/3"}, "--shard '1/2/3': expected I/N"},
        {{"cogdrill", "run", "--filter"}, "--filter needs a value"},
        {{"cogdrill", "run", "--filter="}, "--filter: expected a text that is not empty"},
        {{"cogdrill", "run", "--tag", "!"}, "--tag: expected a text that is not empty"},
        {{"cogdrill", "run", "--slowest", "0"}, "--slowest: expected a whole number"},
        {{"cogdrill", "run", "--watch", "--junit", "a"}, "--junit would hold the last change"},
        {{"cogdrill", "run", "--watch", "--shard", "1/2"}, "--shard for many machines"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench;
        struct scn_arguments arguments = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&bench, rows[i].words, &arguments, &error);

        cr_expect(code != COG_OK, "row %zu was accepted", i);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}
