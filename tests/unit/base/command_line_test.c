#include <cogbase/command_line.h>

#include "support/expect.h"

#include <stdio.h>

TestSuite(command_line_next, .timeout = 5.0);

enum { WORDS_MAX = 8, ID_SEED = 0, ID_QUIET = 7, ID_JOBS = 8, ID_VERBOSE = 9 };

static const struct cog_flag FLAGS[] = {
    {"seed", true, ID_SEED},  {"quiet", false, ID_QUIET}, {"j", true, ID_JOBS},
    {"v", false, ID_VERBOSE}, {NULL, false, 0},
};

/** A command line that getopt_long may write to. */
struct words {
    char copies[WORDS_MAX][32];
    char *arguments[WORDS_MAX + 1];
    int count;
};

static struct cog_command_line read_words(struct words *words, const char *const *list)
{
    words->count = 0;
    for (; list[words->count] != NULL; words->count++) {
        (void)snprintf(words->copies[words->count], sizeof words->copies[0], "%s",
                       list[words->count]);
        words->arguments[words->count] = words->copies[words->count];
    }
    words->arguments[words->count] = NULL;
    return (struct cog_command_line){
        .count = words->count,
        .arguments = words->arguments,
        .flags = FLAGS,
    };
}

Test(command_line_next, finds_flags_and_operands_in_their_order)
{
    static const char *const list[] = {"run", "a",  "--seed=7", "--quiet",
                                       "b",   "--", "--seed",   NULL};
    static const struct cog_word expected[] = {
        {COG_WORD_OPERAND, "a"},
        {ID_SEED, "7"},
        {ID_QUIET, NULL},
        {COG_WORD_OPERAND, "b"},
        {COG_WORD_OPERAND, "--seed"},
        {COG_WORD_END, NULL},
        {COG_WORD_END, NULL},
    };
    struct words words;
    struct cog_command_line line = read_words(&words, list);

    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct cog_word word = {0};
        struct cog_error error = {0};
        ASSERT_CODE(cog_command_line_next(&line, &word, &error), COG_OK, error);

        EXPECT_INT(word.id, expected[i].id);
        EXPECT_STR(word.value == NULL ? "-" : word.value,
                   expected[i].value == NULL ? "-" : expected[i].value);
    }
}

Test(command_line_next, takes_a_value_from_the_next_word_whatever_it_looks_like)
{
    static const char *const list[] = {"run", "--seed", "--quiet", NULL};
    struct words words;
    struct cog_command_line line = read_words(&words, list);
    struct cog_word word = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_command_line_next(&line, &word, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(word.id, ID_SEED);
    EXPECT_STR(word.value, "--quiet");
}

Test(command_line_next, takes_letters_with_their_values_apart_or_behind_them)
{
    static const char *const list[] = {"run", "-j", "2", "-v", "a", "-j16", NULL};
    static const struct cog_word expected[] = {
        {ID_JOBS, "2"},  {ID_VERBOSE, NULL},   {COG_WORD_OPERAND, "a"},
        {ID_JOBS, "16"}, {COG_WORD_END, NULL},
    };
    struct words words;
    struct cog_command_line line = read_words(&words, list);

    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct cog_word word = {0};
        struct cog_error error = {0};
        ASSERT_CODE(cog_command_line_next(&line, &word, &error), COG_OK, error);

        EXPECT_INT(word.id, expected[i].id);
        EXPECT_STR(word.value == NULL ? "-" : word.value,
                   expected[i].value == NULL ? "-" : expected[i].value);
    }
}

Test(command_line_next, takes_a_lone_dash_for_an_operand)
{
    static const char *const list[] = {"run", "-", NULL};
    struct words words;
    struct cog_command_line line = read_words(&words, list);
    struct cog_word word = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_command_line_next(&line, &word, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(word.id, COG_WORD_OPERAND);
}

Test(command_line_next, names_the_flag_that_is_wrong_and_never_its_value)
{
    static const struct {
        const char *words[4];
        const char *message;
    } rows[] = {
        {{"run", "--sed=hush"}, "unknown flag '--sed', did you mean '--seed'?"},
        {{"run", "--see=hush"}, "unknown flag '--see', did you mean '--seed'?"},
        {{"run", "--wholly-else=hush"}, "unknown flag '--wholly-else'"},
        {{"run", "-q"}, "unknown flag '-q'"},
        {{"run", "-seed"}, "unknown flag '-seed', did you mean '--seed'?"},
        {{"run", "--seed"}, "--seed needs a value"},
        {{"run", "--quiet=hush"}, "--quiet takes no value"},
        {{"run", "-j"}, "-j needs a value"},
        {{"run", "--j", "2"}, "unknown flag '--j'"},
        {{"run", "-vj", "2"}, "unknown flag '-vj'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct words words;
        struct cog_command_line line = read_words(&words, rows[i].words);
        struct cog_word word = {.id = 42};
        struct cog_error error = {0};

        enum cog_code code = cog_command_line_next(&line, &word, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(word.id, 42);
    }
}
