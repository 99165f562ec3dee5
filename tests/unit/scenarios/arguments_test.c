#include "program/arguments.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(arguments, .timeout = 5.0);

enum { WORDS_MAX = 12, WORD_SIZE = 32 };

/** A command line that getopt_long may write to, and its paths. */
struct bench {
    char copies[WORDS_MAX][WORD_SIZE];
    char *words[WORDS_MAX + 1];
    const char *paths[WORDS_MAX];
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
        {{"cogdrill", "check", "--seed", "1"}, "--seed belongs to 'run'"},
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
