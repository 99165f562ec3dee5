#include "arguments.h"

#include <cogbase/command_line.h>
#include <cogbase/duration.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <string.h>

enum {
    REPEAT_MAX = 1000,
    WORKERS_MAX = 64,
    SLOWEST_MAX = 10000,
    SHARD_TEXT_SIZE = 16,
};

/* Faster, and a client is busy with starting for minutes of the fake's time. */
static const double TIME_SCALE_DEFAULT = 60;
static const double TIME_SCALE_MAX = 10000;

enum flag_id {
    FLAG_HELP,
    FLAG_QUIET,
    FLAG_JUNIT,
    FLAG_TRACE,
    FLAG_REPEAT,
    FLAG_SEED,
    FLAG_CASE,
    FLAG_FILTER,
    FLAG_TAG,
    FLAG_SHARD,
    FLAG_JOBS,
    FLAG_FAIL_FAST,
    FLAG_SLOWEST,
    FLAG_WATCH,
    FLAG_NAMES,
    FLAG_TRANSPORT,
    FLAG_JSON,
    FLAG_HTML,
    FLAG_EXCEPTIONS,
    FLAG_RESULTS,
    FLAG_CLIENT,
    FLAG_EXIT_MAP,
    FLAG_TIME_SCALE,
    FLAG_CLIENT_TIMEOUT,
    FLAG_CLIENT_OPTIONS,
};

/* Whose flags they are, as a set. */
enum {
    OF_RUN = 1 << SCN_VERB_RUN,
    OF_LIST = 1 << SCN_VERB_LIST,
    OF_COVERAGE = 1 << SCN_VERB_COVERAGE,
    OF_SELECTING = OF_RUN | OF_LIST | OF_COVERAGE,
    OF_RUNNING = OF_RUN | OF_COVERAGE,
    OF_ALL = OF_SELECTING | 1 << SCN_VERB_CHECK,
};

static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},
    {"quiet", false, FLAG_QUIET},
    {"junit", true, FLAG_JUNIT},
    {"trace", true, FLAG_TRACE},
    {"repeat", true, FLAG_REPEAT},
    {"seed", true, FLAG_SEED},
    {"case", true, FLAG_CASE},
    {"filter", true, FLAG_FILTER},
    {"tag", true, FLAG_TAG},
    {"shard", true, FLAG_SHARD},
    {"jobs", true, FLAG_JOBS},
    {"fail-fast", false, FLAG_FAIL_FAST},
    {"slowest", true, FLAG_SLOWEST},
    {"watch", false, FLAG_WATCH},
    {"names", false, FLAG_NAMES},
    {"transport", true, FLAG_TRANSPORT},
    {"json", true, FLAG_JSON},
    {"html", true, FLAG_HTML},
    {"exceptions", true, FLAG_EXCEPTIONS},
    {"results", false, FLAG_RESULTS},
    {"client", true, FLAG_CLIENT},
    {"exit-map", true, FLAG_EXIT_MAP},
    {"time-scale", true, FLAG_TIME_SCALE},
    {"client-timeout", true, FLAG_CLIENT_TIMEOUT},
    {"client-options", true, FLAG_CLIENT_OPTIONS},
    {"j", true, FLAG_JOBS},
    {NULL, false, 0},
};

/* By the flag's id. */
static const int owners[] = {
    [FLAG_HELP] = OF_ALL,
    [FLAG_QUIET] = OF_RUNNING,
    [FLAG_JUNIT] = OF_RUN,
    [FLAG_TRACE] = OF_RUN,
    [FLAG_REPEAT] = OF_RUN,
    [FLAG_SEED] = OF_RUNNING,
    [FLAG_CASE] = OF_SELECTING,
    [FLAG_FILTER] = OF_SELECTING,
    [FLAG_TAG] = OF_SELECTING,
    [FLAG_SHARD] = OF_RUN | OF_LIST,
    [FLAG_JOBS] = OF_RUNNING,
    [FLAG_FAIL_FAST] = OF_RUN,
    [FLAG_SLOWEST] = OF_RUN,
    [FLAG_WATCH] = OF_RUN,
    [FLAG_NAMES] = OF_LIST,
    [FLAG_TRANSPORT] = OF_RUNNING,
    [FLAG_JSON] = OF_RUNNING,
    [FLAG_HTML] = OF_RUNNING,
    [FLAG_EXCEPTIONS] = OF_COVERAGE,
    [FLAG_RESULTS] = OF_COVERAGE,
    [FLAG_CLIENT] = OF_RUN,
    [FLAG_EXIT_MAP] = OF_RUN,
    [FLAG_TIME_SCALE] = OF_RUN,
    [FLAG_CLIENT_TIMEOUT] = OF_RUN,
    [FLAG_CLIENT_OPTIONS] = OF_RUN,
};

static const char *const verb_names[] = {
    [SCN_VERB_HELP] = "help", [SCN_VERB_RUN] = "run",           [SCN_VERB_CHECK] = "check",
    [SCN_VERB_LIST] = "list", [SCN_VERB_COVERAGE] = "coverage", NULL,
};

static enum cog_code parse_verb(const char *word, enum scn_verb *out_verb, struct cog_error *error)
{
    if (strcmp(word, "--version") == 0) {
        *out_verb = SCN_VERB_VERSION;
        return COG_OK;
    }
    if (strcmp(word, "--help") == 0) {
        *out_verb = SCN_VERB_HELP;
        return COG_OK;
    }
    for (int i = 0; verb_names[i] != NULL; i++) {
        if (strcmp(verb_names[i], word) == 0) {
            *out_verb = (enum scn_verb)i;
            return COG_OK;
        }
    }
    const char *nearest = cog_string_nearest(word, verb_names);
    if (nearest == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "unknown verb '%s'", word);
    }
    return cog_error_set(error, COG_ERROR_ARGUMENT, "unknown verb '%s', did you mean '%s'?", word,
                         nearest);
}

/* The first name of an id is the long one. */
static const char *name_flag(int id)
{
    const struct cog_flag *flag = flags;
    while (flag->id != id) {
        flag++;
    }
    return flag->name;
}

static enum cog_code take_number(const struct cog_word *word, int64_t minimum, int64_t maximum,
                                 int64_t *out_number, struct cog_error *error)
{
    struct cog_error cause = {0};
    if (cog_number_parse_integer(word->value, minimum, maximum, out_number, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: %s", name_flag(word->id),
                             cause.message);
    }
    return COG_OK;
}

/* What says how a foreign client is run. */
static enum cog_code take_client_flag(const struct cog_word *word, struct scn_arguments *arguments,
                                      struct cog_error *error)
{
    struct cog_error cause = {0};
    enum cog_code code = COG_OK;
    if (word->id == FLAG_CLIENT) {
        arguments->client = word->value;
    } else if (word->id == FLAG_EXIT_MAP) {
        arguments->exit_map = word->value;
    } else if (word->id == FLAG_TIME_SCALE) {
        code = cog_number_parse_decimal(word->value, 1, TIME_SCALE_MAX, &arguments->time_scale,
                                        &cause);
    } else if (word->id == FLAG_CLIENT_TIMEOUT) {
        code = cog_duration_parse(word->value, &arguments->client_limit_ms, &cause);
    } else {
        arguments->knows_options = strcmp(word->value, "env") == 0;
        if (!arguments->knows_options && strcmp(word->value, "none") != 0) {
            code = cog_error_set(&cause, COG_ERROR_SYNTAX, "expected 'env' or 'none', not '%s'",
                                 word->value);
        }
    }
    return code == COG_OK ? code
                          : cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: %s",
                                          name_flag(word->id), cause.message);
}

/* They say nothing without one. */
static enum cog_code check_client(const struct scn_arguments *arguments, struct cog_error *error)
{
    const char *name = arguments->exit_map != NULL                   ? "exit-map"
                       : arguments->time_scale != TIME_SCALE_DEFAULT ? "time-scale"
                       : arguments->client_limit_ms != 0             ? "client-timeout"
                       : arguments->knows_options                    ? "client-options"
                                                                     : NULL;
    if (arguments->client != NULL && arguments->client[0] == '\0') {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--client: expected a command");
    }
    if (arguments->client != NULL && arguments->transport == SCN_TRANSPORT_BOTH) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--client: a process can only be reached by 'wire', not by 'both'");
    }
    if (arguments->client == NULL && name != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s belongs to --client", name);
    }
    return COG_OK;
}

static enum cog_code take_count(const struct cog_word *word, int64_t maximum, size_t *out_count,
                                struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = take_number(word, 1, maximum, &number, error);
    if (code == COG_OK) {
        *out_count = (size_t)number;
    }
    return code;
}

static enum cog_code take_repeat(const struct cog_word *word, struct scn_arguments *arguments,
                                 struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = take_number(word, 1, REPEAT_MAX, &number, error);
    arguments->repeat_count = (int)number;
    return code;
}

static enum cog_code take_seed(const struct cog_word *word, struct scn_arguments *arguments,
                               struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = take_number(word, 0, COG_NUMBER_INTEGER_MAX, &number, error);
    arguments->seed = (uint64_t)number;
    return code;
}

static enum cog_code take_transport(const struct cog_word *word, enum scn_transport *out_transport,
                                    struct cog_error *error)
{
    for (int i = SCN_TRANSPORT_WIRE; i <= SCN_TRANSPORT_BOTH; i++) {
        if (strcmp(word->value, scn_transport_name((enum scn_transport)i)) == 0) {
            *out_transport = (enum scn_transport)i;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_ARGUMENT,
                         "--transport: expected 'memory', 'wire' or 'both', not '%s'", word->value);
}

static enum cog_code append_word(const struct cog_word *word, struct scn_words *words,
                                 struct cog_error *error)
{
    if (word->value[0] == '\0' || strcmp(word->value, "!") == 0) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: expected a text that is not empty",
                             name_flag(word->id));
    }
    if (words->count == SCN_SELECTION_WORDS_MAX) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: at most %d times",
                             name_flag(word->id), SCN_SELECTION_WORDS_MAX);
    }
    words->items[words->count++] = word->value;
    return COG_OK;
}

/* "2/4" */
static enum cog_code take_shard(const struct cog_word *word, struct scn_shard *shard,
                                struct cog_error *error)
{
    char text[SHARD_TEXT_SIZE];
    int64_t index = 0;
    int64_t count = 0;
    char *slash = cog_string_copy(text, sizeof text, word->value) ? strchr(text, '/') : NULL;
    if (slash != NULL) {
        *slash = '\0';
    }
    if (slash == NULL ||
        cog_number_parse_integer(slash + 1, 1, SCN_SHARDS_MAX, &count, NULL) != COG_OK ||
        cog_number_parse_integer(text, 1, count, &index, NULL) != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--shard '%s': expected I/N, with I from 1 to N, and N up to %d",
                             word->value, SCN_SHARDS_MAX);
    }
    *shard = (struct scn_shard){.index = (int)index, .count = (int)count};
    return COG_OK;
}

static enum cog_code take_flag(const struct cog_word *word, struct scn_arguments *arguments,
                               struct cog_error *error)
{
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->verb = SCN_VERB_HELP;
        return COG_OK;
    case FLAG_QUIET:
        arguments->is_quiet = true;
        return COG_OK;
    case FLAG_JUNIT:
        arguments->junit_path = word->value;
        return COG_OK;
    case FLAG_TRACE:
        arguments->trace_folder = word->value;
        return COG_OK;
    case FLAG_REPEAT:
        return take_repeat(word, arguments, error);
    case FLAG_SEED:
        return take_seed(word, arguments, error);
    case FLAG_CASE:
        arguments->selection.case_name = word->value;
        return COG_OK;
    case FLAG_FILTER:
        return append_word(word, &arguments->selection.filters, error);
    case FLAG_TAG:
        return append_word(word, &arguments->selection.tags, error);
    case FLAG_SHARD:
        return take_shard(word, &arguments->selection.shard, error);
    case FLAG_JOBS:
        return take_count(word, WORKERS_MAX, &arguments->worker_count, error);
    case FLAG_FAIL_FAST:
        arguments->is_fail_fast = true;
        return COG_OK;
    case FLAG_SLOWEST:
        return take_count(word, SLOWEST_MAX, &arguments->slowest_count, error);
    case FLAG_WATCH:
        arguments->is_watching = true;
        return COG_OK;
    case FLAG_NAMES:
        arguments->is_names_only = true;
        return COG_OK;
    case FLAG_TRANSPORT:
        return take_transport(word, &arguments->transport, error);
    case FLAG_JSON:
        arguments->json_path = word->value;
        return COG_OK;
    case FLAG_HTML:
        arguments->html_path = word->value;
        return COG_OK;
    case FLAG_EXCEPTIONS:
        arguments->exceptions_path = word->value;
        return COG_OK;
    case FLAG_RESULTS:
        arguments->has_results = true;
        return COG_OK;
    case FLAG_CLIENT:
    case FLAG_EXIT_MAP:
    case FLAG_TIME_SCALE:
    case FLAG_CLIENT_TIMEOUT:
    case FLAG_CLIENT_OPTIONS:
        return take_client_flag(word, arguments, error);
    }
    return COG_OK;
}

/* "'run'", "'run', 'list' and 'coverage'" */
static const char *name_owners(int verbs)
{
    switch (verbs) {
    case OF_RUN:
        return "'run'";
    case OF_LIST:
        return "'list'";
    case OF_COVERAGE:
        return "'coverage'";
    case OF_RUNNING:
        return "'run' and 'coverage'";
    case OF_RUN | OF_LIST:
        return "'run' and 'list'";
    default:
        return "'run', 'list' and 'coverage'";
    }
}

/* @param paths where operands are collected: room for all of the command line's words */
static enum cog_code take_word(const struct cog_word *word, struct scn_arguments *arguments,
                               const char **paths, struct cog_error *error)
{
    if (word->id == COG_WORD_OPERAND) {
        paths[arguments->path_count++] = word->value;
        return COG_OK;
    }
    const bool is_about_help =
        arguments->verb == SCN_VERB_HELP || arguments->verb == SCN_VERB_VERSION;
    if (!is_about_help && (owners[word->id] & (1 << (int)arguments->verb)) == 0) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s belongs to %s", name_flag(word->id),
                             name_owners(owners[word->id]));
    }
    return take_flag(word, arguments, error);
}

/* What cannot be meant together. */
static enum cog_code check_together(const struct scn_arguments *arguments, struct cog_error *error)
{
    const char *file = arguments->junit_path != NULL  ? "junit"
                       : arguments->json_path != NULL ? "json"
                       : arguments->html_path != NULL ? "html"
                                                      : NULL;
    if (arguments->is_watching && file != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--watch runs again and again: --%s would hold the last change alone",
                             file);
    }
    if (arguments->is_watching && arguments->selection.shard.count > 0) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--watch is for one desk, --shard for many machines: not both");
    }
    return COG_OK;
}

enum cog_code scn_arguments_parse(int count, char **arguments, const char **paths,
                                  struct scn_arguments *out_arguments, struct cog_error *error)
{
    struct scn_arguments parsed = {
        .paths = paths,
        .transport = SCN_TRANSPORT_MEMORY,
        .seed = 1,
        .repeat_count = 1,
        .time_scale = TIME_SCALE_DEFAULT,
    };
    if (count < 2) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "a verb is missing; 'cogdrill --help' shows them");
    }
    struct cog_command_line line = {
        .count = count - 1,
        .arguments = arguments + 1,
        .flags = flags,
    };
    struct cog_word word = {.id = COG_WORD_END};
    enum cog_code code = parse_verb(arguments[1], &parsed.verb, error);
    do {
        if (code == COG_OK) {
            code = cog_command_line_next(&line, &word, error);
        }
        if (code == COG_OK && word.id != COG_WORD_END) {
            code = take_word(&word, &parsed, paths, error);
        }
    } while (code == COG_OK && word.id != COG_WORD_END);
    if (code == COG_OK) {
        code = check_together(&parsed, error);
    }
    if (code == COG_OK) {
        code = check_client(&parsed, error);
    }
    if (code == COG_OK) {
        *out_arguments = parsed;
    }
    return code;
}
