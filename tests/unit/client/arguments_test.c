#include "arguments.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(arguments_parse, .timeout = 5.0);

enum { ARGUMENTS_MAX = 8, WORD_SIZE = 300 };

static const char RUN[] = "998f9886-ac8e-49dd-97ac-98b5e3a61e33";

/** One command line. Its words outlive the command, which borrows them. */
struct line {
    char copies[ARGUMENTS_MAX][WORD_SIZE];
    char *values[ARGUMENTS_MAX + 1];
};

/** @param context names and values in turn, ended by NULL; NULL for none */
static const char *lookup(void *context, const char *name)
{
    const char *const *pairs = context;
    for (size_t i = 0; pairs != NULL && pairs[i] != NULL; i += 2) {
        if (strcmp(pairs[i], name) == 0) {
            return pairs[i + 1];
        }
    }
    return strcmp(name, "HOME") == 0 ? "/home/somebody" : NULL;
}

/** Parses the words as those behind the program's name. */
static enum cog_code parse(struct line *line, const char *const *words,
                           const char *const *variables, struct cog_command *command,
                           struct cog_error *error)
{
    static char program[] = "cogpromote";
    line->values[0] = program;
    int count = 1;
    for (; words[count - 1] != NULL; count++) {
        (void)snprintf(line->copies[count], WORD_SIZE, "%s", words[count - 1]);
        line->values[count] = line->copies[count];
    }
    const struct cog_arguments arguments = {
        .count = count,
        .values = line->values,
        .lookup = lookup,
        .lookup_context = (void *)variables,
    };
    return cog_arguments_parse(&arguments, command, error);
}

Test(arguments_parse, lays_flags_over_variables)
{
    static const char *const variables[] = {"COGPROMOTE_TIMEOUT", "1m", NULL};
    static const char *const words[] = {"promote", "--timeout=2m",          "--source",
                                        "env-x",   "--no-include-webhooks", NULL};
    COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
    struct line line = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&line, words, variables, &command, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(command.kind, COG_REQUEST_RUN);
    EXPECT_INT(command.verb->id, COG_VERB_PROMOTE);
    EXPECT_INT(command.config.timeout_ms, 120000);
    EXPECT_STR(command.config.source_environment_id, "env-x");
    EXPECT_INT(command.config.include_webhooks, false);
}

Test(arguments_parse, lays_preferences_over_their_variables_as_well)
{
    static const char *const variables[] = {"COGPROMOTE_QUIET", "yes", "COGPROMOTE_PROGRESS",
                                            "none", NULL};
    static const char *const words[] = {"promote",  "--no-quiet", "--verbose", "--log-format=json",
                                        "--events", "/tmp/x",     NULL};
    COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
    struct line line = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&line, words, variables, &command, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(command.preferences.is_quiet, false);
    EXPECT_INT(command.preferences.is_verbose, true);
    EXPECT_INT(command.preferences.progress, COG_PROGRESS_NONE);
    EXPECT_INT(command.preferences.log_format, COG_LOG_FORMAT_JSON);
    EXPECT_STR(command.preferences.events_path, "/tmp/x");
}

Test(arguments_parse, does_not_look_at_variables_that_mean_nothing_for_the_verb)
{
    static const char *const variables[] = {"COGPROMOTE_TIMEOUT", "soon", "SOURCE_ENV_ID", "a b",
                                            NULL};
    static const char *const words[] = {"status", NULL};
    COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
    struct line line = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&line, words, variables, &command, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_expect(command.config.source_environment_id == NULL);
}

Test(arguments_parse, shows_help_even_when_a_variable_is_malformed)
{
    static const char *const variables[] = {"COGPROMOTE_TIMEOUT", "soon", NULL};
    static const char *const words[] = {"promote", "--help", NULL};
    COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
    struct line line = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&line, words, variables, &command, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(command.kind, COG_REQUEST_HELP);
}

Test(arguments_parse, knows_each_verb_with_its_operands)
{
    static const struct {
        const char *words[4];
        enum cog_verb_id id;
        const char *first;
        const char *second;
    } rows[] = {
        {{"promote"}, COG_VERB_PROMOTE, NULL, NULL},
        {{"plan"}, COG_VERB_PLAN, NULL, NULL},
        {{"resume"}, COG_VERB_RESUME, NULL, NULL},
        {{"resume", RUN}, COG_VERB_RESUME, RUN, NULL},
        {{"status"}, COG_VERB_STATUS, NULL, NULL},
        {{"status", RUN}, COG_VERB_STATUS, RUN, NULL},
        {{"rollback", "job-1"}, COG_VERB_ROLLBACK, "job-1", NULL},
        {{"rollback", "j/1"}, COG_VERB_ROLLBACK, "j/1", NULL},
        {{"rollback", "--", "-job"}, COG_VERB_ROLLBACK, "-job", NULL},
        {{"parity", "env-a", "env-b"}, COG_VERB_PARITY, "env-a", "env-b"},
        {{"audit", "verify"}, COG_VERB_AUDIT_VERIFY, NULL, NULL},
        {{"audit", "show", "--last=3"}, COG_VERB_AUDIT_SHOW, NULL, NULL},
        {{"webhook", "flush"}, COG_VERB_WEBHOOK_FLUSH, NULL, NULL},
        {{"lock", "status"}, COG_VERB_LOCK_STATUS, NULL, NULL},
        {{"lock", "release", "--target=b"}, COG_VERB_LOCK_RELEASE, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, rows[i].words, NULL, &command, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_INT(command.verb->id, rows[i].id);
        EXPECT_STR(command.operands[0] == NULL ? "" : command.operands[0],
                   rows[i].first == NULL ? "" : rows[i].first);
        EXPECT_STR(command.operands[1] == NULL ? "" : command.operands[1],
                   rows[i].second == NULL ? "" : rows[i].second);
    }
}

Test(arguments_parse, takes_parity_from_its_operands_and_not_from_variables)
{
    static const char *const variables[] = {"SOURCE_ENV_ID", "env-x", "TARGET_ENV_ID", "env-y",
                                            NULL};
    static const char *const words[] = {"parity", "env-a", "env-b", NULL};
    COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
    struct line line = {0};
    struct cog_error error = {0};

    enum cog_code code = parse(&line, words, variables, &command, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(command.config.source_environment_id, "env-a");
    EXPECT_STR(command.config.target_environment_id, "env-b");
}

Test(arguments_parse, finds_help_in_all_its_places)
{
    static const struct {
        const char *words[4];
        const char *verb;   /**< Whose help it is; empty: the program's. */
        const char *family; /**< Or the help of these. */
    } rows[] = {
        {{"--help"}, "", ""},
        {{"-h"}, "", ""},
        {{"help"}, "", ""},
        {{"help", "--help"}, "", ""},
        {{"help", "resume"}, "resume", ""},
        {{"help", "audit", "verify"}, "audit verify", ""},
        {{"help", "audit"}, "", "audit"},
        {{"audit", "--help"}, "", "audit"},
        {{"audit", "verify", "--help"}, "audit verify", ""},
        {{"rollback", "--help"}, "rollback", ""}, /* Without its operand. */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, rows[i].words, NULL, &command, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_INT(command.kind, COG_REQUEST_HELP);
        EXPECT_STR(command.verb == NULL ? "" : command.verb->name, rows[i].verb);
        EXPECT_STR(command.family == NULL ? "" : command.family, rows[i].family);
    }
}

Test(arguments_parse, refuses_wrong_verbs_and_suggests_the_nearest)
{
    static const struct {
        const char *words[4];
        const char *message;
    } rows[] = {
        {{"promot"}, "unknown verb 'promot', did you mean 'promote'?"},
        {{"statsu"}, "unknown verb 'statsu', did you mean 'status'?"},
        {{"deploy-everything"}, "unknown verb 'deploy-everything'"},
        {{"audit"}, "'audit' needs a second word: 'verify' or 'show'"},
        {{"audit", "--last=3"}, "'audit' needs a second word"},
        {{"audit", "verfy"}, "unknown verb 'audit verfy', expected 'verify' or 'show'"},
        {{"help", "promot"}, "did you mean 'promote'?"},
        {{"help", "promote", "now"}, "unexpected argument 'now'"},
        {{"--verbose", "promote"}, "'--verbose' stands before the verb"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, rows[i].words, NULL, &command, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

Test(arguments_parse, refuses_wrong_flags_and_says_which)
{
    static const struct {
        const char *words[4];
        const char *message;
    } rows[] = {
        {{"promote", "--timeot=3s"}, "unknown flag '--timeot', did you mean '--timeout'?"},
        {{"promote", "--time=3s"}, "unknown flag '--time'"}, /* No beginnings for the whole. */
        {{"promote", "-x"}, "unknown flag '-x'"},
        {{"promote", "--timeout"}, "--timeout needs a value"},
        {{"promote", "--help=now"}, "--help takes no value"},
        {{"promote", "--timeout", "soon"}, "--timeout: expected a duration"},
        {{"promote", "--log-format=xml"}, "--log-format: expected text|json, not 'xml'"},
        {{"promote", "--progress="}, "--progress: expected auto|plain|none"},
        {{"promote", "--events="}, "--events: expected FILE"},
        {{"audit", "show", "--last=0"}, "--last: expected a whole number from 1"},
        {{"promote", "--quiet", "--verbose"}, "exclude each other"},
        {{"promote", "--client-secret=hush"}, "there is no flag --client-secret"},
        {{"promote", "--client-secret-file=/nonexistent/file"}, "cannot read the secret file"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, rows[i].words, NULL, &command, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
        EXPECT_LACKS(error.message, "hush");
    }
}

Test(arguments_parse, refuses_flags_that_mean_nothing_for_the_verb_and_says_for_which)
{
    static const struct {
        const char *words[4];
        const char *message;
    } rows[] = {
        {{"status", "--source=a"},
         "--source means nothing for 'status'; it is for promote and plan"},
        {{"resume", "--source=a"}, "--source means nothing for 'resume'"},
        {{"promote", "--last=1"}, "--last means nothing for 'promote'; it is for audit show"},
        {{"audit", "show", "--anchor=1:a"}, "it is for audit verify"},
        {{"lock", "status", "--api-base=x"},
         "it is for promote, plan, resume, rollback and parity"},
        {{"webhook", "flush", "--no-strict"}, "--strict means nothing for 'webhook flush'"},
        {{"parity", "--target=b"}, "--target means nothing for 'parity'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, rows[i].words, NULL, &command, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

Test(arguments_parse, refuses_wrong_operands_and_says_what_was_expected)
{
    static const struct {
        const char *words[5];
        const char *message;
    } rows[] = {
        {{"promote", "env-a"}, "unexpected argument 'env-a'"},
        {{"rollback"}, "JOB is missing"},
        {{"rollback", ""}, "JOB must not be empty"},
        {{"rollback", "a b"}, "is not a job"},
        {{"rollback", "a\nb"}, "is not a job"},
        {{"rollback", "/etc/passwd"}, "is not a job"},
        {{"rollback", ".."}, "is not a job"},
        {{"rollback", "a", "b"}, "unexpected argument 'b'"},
        {{"resume", "../../etc/passwd"}, "is not a run"},
        {{"resume", "998F9886-AC8E-49DD-97AC-98B5E3A61E33"}, "is not a run"},
        {{"status", "998f9886"}, "is not a run"},
        {{"parity", "env-a"}, "TARGET is missing"},
        {{"parity", "env-a", "b\x1b[2J"}, "control characters"},
        {{"parity", "a", "b", "c"}, "unexpected argument 'c'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, rows[i].words, NULL, &command, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

Test(arguments_parse, names_a_variable_that_is_malformed)
{
    static const char *const rows[][3] = {
        {"COGPROMOTE_TIMEOUT", "soon", "expected a duration"},
        {"SOURCE_ENV_ID", "a\x01", "without control characters"},
        {"COGPROMOTE_PROGRESS", "lots", "expected auto|plain|none"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *const variables[] = {rows[i][0], rows[i][1], NULL};
        static const char *const words[] = {"promote", NULL};
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, words, variables, &command, &error);

        ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
        EXPECT_CONTAINS(error.message, rows[i][0]);
        EXPECT_CONTAINS(error.message, rows[i][2]);
    }
}

Test(arguments_parse, finds_the_state_folder_where_xdg_says)
{
    static const struct {
        const char *variables[5];
        const char *folder;
    } rows[] = {
        {{"COGPROMOTE_STATE_DIR", "/s", "XDG_STATE_HOME", "/x"}, "/s"},
        {{"XDG_STATE_HOME", "/x"}, "/x/cogpromote"},
        {{"XDG_STATE_HOME", "relative"}, "/home/somebody/.local/state/cogpromote"},
        {{NULL}, "/home/somebody/.local/state/cogpromote"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static const char *const words[] = {"status", NULL};
        COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
        struct line line = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(&line, words, rows[i].variables, &command, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_STR(command.config.state_directory, rows[i].folder);
    }
}
