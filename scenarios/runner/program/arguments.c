#include "arguments.h"

#include "program/flag_value.h"

#include <cogbase/command_line.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

enum { SLOWEST_MAX = 10000, OWNERS_SIZE = 160 };

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
    FLAG_MEMORY,
    FLAG_STORAGE,
    FLAG_KILLS,
    FLAG_STEP,
    FLAG_ONLY,
};

/* Whose flags they are, as a set. */
enum {
    OF_RUN = 1 << SCN_VERB_RUN,
    OF_LIST = 1 << SCN_VERB_LIST,
    OF_COVERAGE = 1 << SCN_VERB_COVERAGE,
    OF_TORTURE = 1 << SCN_VERB_TORTURE,
    OF_SELECTING = OF_RUN | OF_LIST | OF_COVERAGE | OF_TORTURE,
    OF_RUNNING = OF_RUN | OF_COVERAGE | OF_TORTURE,
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
    {"client", true, SCN_CLIENT_COMMAND},
    {"exit-map", true, SCN_CLIENT_EXIT_MAP},
    {"time-scale", true, SCN_CLIENT_TIME_SCALE},
    {"client-timeout", true, SCN_CLIENT_TIMEOUT},
    {"client-options", true, SCN_CLIENT_OPTIONS},
    {"memory", false, FLAG_MEMORY},
    {"storage", false, FLAG_STORAGE},
    {"kills", false, FLAG_KILLS},
    {"step", true, FLAG_STEP},
    {"only", true, FLAG_ONLY},
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
    [FLAG_HTML] = OF_RUN | OF_COVERAGE,
    [FLAG_EXCEPTIONS] = OF_COVERAGE,
    [FLAG_RESULTS] = OF_COVERAGE,
    [FLAG_MEMORY] = OF_TORTURE,
    [FLAG_STORAGE] = OF_TORTURE,
    [FLAG_KILLS] = OF_TORTURE,
    [FLAG_STEP] = OF_TORTURE,
    [FLAG_ONLY] = OF_TORTURE,
};

static const char *const verb_names[] = {
    [SCN_VERB_HELP] = "help",
    [SCN_VERB_RUN] = "run",
    [SCN_VERB_CHECK] = "check",
    [SCN_VERB_LIST] = "list",
    [SCN_VERB_COVERAGE] = "coverage",
    [SCN_VERB_TORTURE] = "torture",
    NULL,
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

static int find_owners(int id)
{
    return scn_client_flags_have(id) ? OF_RUN : owners[id];
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

/* A process cannot be called. */
static enum cog_code check_client(const struct scn_arguments *arguments, struct cog_error *error)
{
    if (arguments->client.command != NULL && arguments->transport == SCN_TRANSPORT_BOTH) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--client: a process can only be reached by 'wire', not by 'both'");
    }
    return scn_client_flags_check(&arguments->client, error);
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

/* What says at which points the client is tortured. */
static enum cog_code take_torture_flag(const struct cog_word *word,
                                       struct scn_torture_arguments *torture,
                                       struct cog_error *error)
{
    size_t step = 1;
    struct cog_error cause = {0};
    enum cog_code code = COG_OK;
    switch (word->id) {
    case FLAG_MEMORY:
        torture->kinds[SCN_TORTURE_MEMORY] = true;
        return COG_OK;
    case FLAG_STORAGE:
        torture->kinds[SCN_TORTURE_STORAGE] = true;
        return COG_OK;
    case FLAG_KILLS:
        torture->kinds[SCN_TORTURE_KILLS] = true;
        return COG_OK;
    case FLAG_ONLY:
        code = scn_point_parse(word->value, &torture->only, &cause);
        return code == COG_OK ? code : cog_error_set(error, code, "--only: %s", cause.message);
    default:
        code = scn_flag_count("step", word->value, SCN_POINTS_MAX, &step, error);
        torture->step = (int)step;
        return code;
    }
}

static enum cog_code take_flag(const struct cog_word *word, struct scn_arguments *arguments,
                               struct cog_error *error)
{
    if (scn_client_flags_have(word->id)) {
        return scn_client_flags_take(word, &arguments->client, error);
    }
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
        return scn_flag_repeat(word->value, &arguments->repeat_count, error);
    case FLAG_SEED:
        return scn_flag_seed(word->value, &arguments->seed, error);
    case FLAG_CASE:
        arguments->selection.case_name = word->value;
        return COG_OK;
    case FLAG_FILTER:
        return append_word(word, &arguments->selection.filters, error);
    case FLAG_TAG:
        return append_word(word, &arguments->selection.tags, error);
    case FLAG_SHARD:
        return scn_flag_shard(word->value, &arguments->selection.shard, error);
    case FLAG_JOBS:
        return scn_flag_workers(word->value, &arguments->worker_count, error);
    case FLAG_FAIL_FAST:
        arguments->is_fail_fast = true;
        return COG_OK;
    case FLAG_SLOWEST:
        return scn_flag_count("slowest", word->value, SLOWEST_MAX, &arguments->slowest_count,
                              error);
    case FLAG_WATCH:
        arguments->is_watching = true;
        return COG_OK;
    case FLAG_NAMES:
        arguments->is_names_only = true;
        return COG_OK;
    case FLAG_TRANSPORT:
        return scn_flag_transport(word->value, &arguments->transport, error);
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
    case FLAG_MEMORY:
    case FLAG_STORAGE:
    case FLAG_KILLS:
    case FLAG_STEP:
    case FLAG_ONLY:
        return take_torture_flag(word, &arguments->torture, error);
    }
    return COG_OK;
}

/* "'run'", "'run', 'list' and 'coverage'" */
static const char *name_owners(int verbs, char buffer[OWNERS_SIZE])
{
    size_t length = 0;
    buffer[0] = '\0';
    for (int i = 0; verb_names[i] != NULL; i++) {
        const int rest = verbs >> (i + 1);
        if ((verbs & (1 << i)) != 0) {
            const char *separator = rest == 0 ? "" : (rest & (rest - 1)) == 0 ? " and " : ", ";
            const int written =
                snprintf(buffer + length, OWNERS_SIZE - length, "'%s'%s", verb_names[i], separator);
            length += written > 0 ? (size_t)written : 0;
            length = length < OWNERS_SIZE ? length : OWNERS_SIZE - 1;
        }
    }
    return buffer;
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
    if (!is_about_help && (find_owners(word->id) & (1 << (int)arguments->verb)) == 0) {
        char names[OWNERS_SIZE];
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s belongs to %s", name_flag(word->id),
                             name_owners(find_owners(word->id), names));
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

/* A point says all that there is to try, and calls are all that carries it. */
static enum cog_code check_torture(const struct scn_arguments *arguments, struct cog_error *error)
{
    const struct scn_torture_arguments *torture = &arguments->torture;
    const char *name = torture->kinds[SCN_TORTURE_MEMORY]    ? "memory"
                       : torture->kinds[SCN_TORTURE_STORAGE] ? "storage"
                       : torture->kinds[SCN_TORTURE_KILLS]   ? "kills"
                       : torture->step > 1                   ? "step"
                                                             : NULL;
    if (torture->only.series != NULL && name != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--only is one point: not with --%s", name);
    }
    if (arguments->verb == SCN_VERB_TORTURE && arguments->transport != SCN_TRANSPORT_MEMORY) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--transport: 'torture' is by calls, which is 'memory'");
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
        .torture = {.step = 1},
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
        code = check_torture(&parsed, error);
    }
    if (code == COG_OK) {
        *out_arguments = parsed;
    }
    return code;
}
