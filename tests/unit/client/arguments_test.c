#include "arguments.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(arguments_parse, .timeout = 5.0);

enum { ARGUMENTS_MAX = 8 };

static const char *lookup(void *context, const char *name)
{
    const char *const *pair = context;
    return pair != NULL && strcmp(pair[0], name) == 0 ? pair[1] : NULL;
}

/** Parses `promote` and the words. @param variable name and value, or NULL for none */
static enum cog_code parse(const char *const *words, const char *const *variable,
                           struct cog_config *config, enum cog_request_kind *out_kind,
                           struct cog_error *error)
{
    static char verb[] = "promote";
    char copies[ARGUMENTS_MAX][64];
    char *values[ARGUMENTS_MAX + 1] = {verb};
    int count = 1;
    for (; words[count - 1] != NULL; count++) {
        (void)snprintf(copies[count], sizeof copies[count], "%s", words[count - 1]);
        values[count] = copies[count];
    }
    const struct cog_arguments arguments = {
        .count = count,
        .values = values,
        .lookup = lookup,
        .lookup_context = (void *)variable,
    };
    ASSERT_CODE(cog_config_init(config, error), COG_OK, *error);
    return cog_arguments_parse(&arguments, config, out_kind, error);
}

Test(arguments_parse, lays_flags_over_variables)
{
    static const char *const variable[] = {"COGPROMOTE_TIMEOUT", "1m"};
    static const char *const words[] = {"--timeout=2m", "--source", "env-x",
                                        "--no-include-webhooks", NULL};
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    enum cog_request_kind kind = COG_REQUEST_HELP;
    struct cog_error error = {0};

    enum cog_code code = parse(words, variable, &config, &kind, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(kind, COG_REQUEST_RUN);
    EXPECT_INT(config.timeout_ms, 120000);
    EXPECT_STR(config.source_environment_id, "env-x");
    EXPECT_INT(config.include_webhooks, false);
}

Test(arguments_parse, takes_variables_where_there_is_no_flag)
{
    static const char *const variable[] = {"COGPROMOTE_TIMEOUT", "1m"};
    static const char *const words[] = {NULL};
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    enum cog_request_kind kind = COG_REQUEST_HELP;
    struct cog_error error = {0};

    enum cog_code code = parse(words, variable, &config, &kind, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(config.timeout_ms, 60000);
}

Test(arguments_parse, shows_help_even_when_a_variable_is_malformed)
{
    static const char *const variable[] = {"COGPROMOTE_TIMEOUT", "soon"};
    static const char *const words[] = {"--help", NULL};
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    enum cog_request_kind kind = COG_REQUEST_RUN;
    struct cog_error error = {0};

    enum cog_code code = parse(words, variable, &config, &kind, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(kind, COG_REQUEST_HELP);
}

Test(arguments_parse, refuses_wrong_flags_and_says_which)
{
    static const struct {
        const char *words[3];
        const char *message;
    } rows[] = {
        {{"--timeot=3s"}, "unknown flag '--timeot', did you mean '--timeout'?"},
        {{"--time=3s"}, "unknown flag '--time'"}, /* No beginnings for the whole. */
        {{"-x"}, "unknown flag '-x'"},
        {{"--timeout"}, "--timeout needs a value"},
        {{"--help=now"}, "--help takes no value"},
        {{"--timeout", "soon"}, "--timeout: expected a duration"},
        {{"env-a"}, "unexpected argument 'env-a'"},
        {{"--client-secret=hush"}, "there is no flag --client-secret"},
        {{"--client-secret-file=/nonexistent/file"}, "cannot read the secret file"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
        enum cog_request_kind kind = COG_REQUEST_RUN;
        struct cog_error error = {0};

        enum cog_code code = parse(rows[i].words, NULL, &config, &kind, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
        EXPECT_LACKS(error.message, "hush");
    }
}
