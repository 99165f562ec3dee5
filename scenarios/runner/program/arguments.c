#include "arguments.h"

#include <cogbase/command_line.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <string.h>

enum { REPEAT_MAX = 1000 };

enum flag_id {
    FLAG_HELP,
    FLAG_QUIET,
    FLAG_JUNIT,
    FLAG_TRACE,
    FLAG_REPEAT,
    FLAG_SEED,
    FLAG_VARIANT,
};

/* In the order of their ids; all but the first belong to `run`. */
static const struct cog_flag flags[] = {
    {"help", false, FLAG_HELP},      {"quiet", false, FLAG_QUIET},
    {"junit", true, FLAG_JUNIT},     {"trace", true, FLAG_TRACE},
    {"repeat", true, FLAG_REPEAT},   {"seed", true, FLAG_SEED},
    {"variant", true, FLAG_VARIANT}, {NULL, false, 0},
};

static const char *const verb_names[] = {
    [SCN_VERB_HELP] = "help",
    [SCN_VERB_RUN] = "run",
    [SCN_VERB_CHECK] = "check",
    [SCN_VERB_LIST] = "list",
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

static enum cog_code take_number(const struct cog_word *word, int64_t minimum, int64_t maximum,
                                 int64_t *out_number, struct cog_error *error)
{
    struct cog_error cause = {0};
    if (cog_number_parse_integer(word->value, minimum, maximum, out_number, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s: %s", flags[word->id].name,
                             cause.message);
    }
    return COG_OK;
}

static enum cog_code take_flag(const struct cog_word *word, struct scn_arguments *arguments,
                               struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = COG_OK;
    switch ((enum flag_id)word->id) {
    case FLAG_HELP:
        arguments->verb = SCN_VERB_HELP;
        break;
    case FLAG_QUIET:
        arguments->is_quiet = true;
        break;
    case FLAG_JUNIT:
        arguments->junit_path = word->value;
        break;
    case FLAG_TRACE:
        arguments->trace_folder = word->value;
        break;
    case FLAG_REPEAT:
        code = take_number(word, 1, REPEAT_MAX, &number, error);
        arguments->repeat_count = (int)number;
        break;
    case FLAG_SEED:
        code = take_number(word, 0, COG_NUMBER_INTEGER_MAX, &number, error);
        arguments->seed = (uint64_t)number;
        break;
    case FLAG_VARIANT:
        arguments->variant = word->value;
        break;
    }
    return code;
}

/* @param paths where operands are collected: room for all of the command line's words */
static enum cog_code take_word(const struct cog_word *word, struct scn_arguments *arguments,
                               const char **paths, struct cog_error *error)
{
    if (word->id == COG_WORD_OPERAND) {
        paths[arguments->path_count++] = word->value;
        return COG_OK;
    }
    const bool is_reading = arguments->verb == SCN_VERB_CHECK || arguments->verb == SCN_VERB_LIST;
    if (is_reading && word->id != FLAG_HELP) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "--%s belongs to 'run'",
                             flags[word->id].name);
    }
    return take_flag(word, arguments, error);
}

enum cog_code scn_arguments_parse(int count, char **arguments, const char **paths,
                                  struct scn_arguments *out_arguments, struct cog_error *error)
{
    struct scn_arguments parsed = {.paths = paths, .seed = 1, .repeat_count = 1};
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
        *out_arguments = parsed;
    }
    return code;
}
