#include "arguments.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <string.h>

enum { REPEAT_MAX = 1000 };

/* Which of the options a verb takes. */
enum option {
    OPTION_HELP,
    OPTION_QUIET,
    OPTION_JUNIT,
    OPTION_TRACE,
    OPTION_REPEAT,
    OPTION_SEED,
    OPTION_NONE,
};

static const char *const option_names[] = {"--help",   "--quiet", "--junit", "--trace",
                                           "--repeat", "--seed",  NULL};

static const char *const verb_names[] = {
    [SCN_VERB_HELP] = "help",
    [SCN_VERB_RUN] = "run",
    [SCN_VERB_CHECK] = "check",
    [SCN_VERB_LIST] = "list",
    NULL,
};

/* The command line, as far as it has been read. */
struct reader {
    int count;
    const char **words;
    int index;
    const char *attached; /* What stood behind '=' in the option; NULL for nothing. */
};

static enum cog_code fail_unknown(const char *kind, const char *word, const char *const *known,
                                  struct cog_error *error)
{
    const char *nearest = cog_string_nearest(word, known);
    if (nearest != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "unknown %s '%s', did you mean '%s'?", kind,
                             word, nearest);
    }
    return cog_error_set(error, COG_ERROR_ARGUMENT, "unknown %s '%s'", kind, word);
}

static enum cog_code parse_verb(const char *word, enum scn_verb *out_verb, struct cog_error *error)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        *out_verb = SCN_VERB_HELP;
        return COG_OK;
    }
    for (int i = 0; verb_names[i] != NULL; i++) {
        if (strcmp(verb_names[i], word) == 0) {
            *out_verb = (enum scn_verb)i;
            return COG_OK;
        }
    }
    return fail_unknown("command", word, verb_names, error);
}

/* "--seed" and "--seed=7". */
static enum option find_option(struct reader *reader)
{
    const char *word = reader->words[reader->index];
    const size_t length = strcspn(word, "=");
    reader->attached = word[length] == '=' ? word + length + 1 : NULL;
    for (int i = 0; option_names[i] != NULL; i++) {
        if (strlen(option_names[i]) == length && strncmp(option_names[i], word, length) == 0) {
            return (enum option)i;
        }
    }
    return OPTION_NONE;
}

static enum cog_code take_value(struct reader *reader, const char **out_value,
                                struct cog_error *error)
{
    const char *option = reader->words[reader->index];
    if (reader->attached != NULL) {
        *out_value = reader->attached;
        return COG_OK;
    }
    if (reader->index + 1 >= reader->count) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "option '%s' needs a value", option);
    }
    *out_value = reader->words[++reader->index];
    return COG_OK;
}

static enum cog_code take_number(struct reader *reader, int64_t minimum, int64_t maximum,
                                 int64_t *out_number, struct cog_error *error)
{
    const char *option = reader->words[reader->index];
    const char *value = NULL;
    enum cog_code code = take_value(reader, &value, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_error inner = {0};
    if (cog_number_parse_integer(value, minimum, maximum, out_number, &inner) != COG_OK) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "option '%s': %s", option, inner.message);
    }
    return COG_OK;
}

static enum cog_code parse_switch(struct reader *reader, enum option option,
                                  struct scn_arguments *arguments, struct cog_error *error)
{
    if (reader->attached != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "option '%s' takes no value",
                             option_names[option]);
    }
    if (option == OPTION_HELP) {
        arguments->verb = SCN_VERB_HELP;
    } else {
        arguments->is_quiet = true;
    }
    return COG_OK;
}

static enum cog_code parse_run_option(struct reader *reader, enum option option,
                                      struct scn_arguments *arguments, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code = COG_OK;
    if (option == OPTION_JUNIT) {
        return take_value(reader, &arguments->junit_path, error);
    }
    if (option == OPTION_TRACE) {
        return take_value(reader, &arguments->trace_folder, error);
    }
    if (option == OPTION_REPEAT) {
        code = take_number(reader, 1, REPEAT_MAX, &number, error);
        arguments->repeat_count = (int)number;
        return code;
    }
    code = take_number(reader, 0, COG_NUMBER_INTEGER_MAX, &number, error);
    arguments->seed = (uint64_t)number;
    return code;
}

static enum cog_code parse_option(struct reader *reader, struct scn_arguments *arguments,
                                  struct cog_error *error)
{
    const enum option option = find_option(reader);
    if (option == OPTION_NONE) {
        return fail_unknown("option", reader->words[reader->index], option_names, error);
    }
    if (option == OPTION_HELP) {
        return parse_switch(reader, option, arguments, error);
    }
    if (arguments->verb == SCN_VERB_CHECK || arguments->verb == SCN_VERB_LIST) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "option '%s' belongs to 'run'",
                             option_names[option]);
    }
    if (option == OPTION_QUIET) {
        return parse_switch(reader, option, arguments, error);
    }
    return parse_run_option(reader, option, arguments, error);
}

enum cog_code scn_arguments_parse(int count, const char **arguments,
                                  struct scn_arguments *out_arguments, struct cog_error *error)
{
    struct scn_arguments parsed = {.seed = 1, .repeat_count = 1};
    if (count < 2) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "a command is missing; 'cogdrill --help' shows them");
    }
    enum cog_code code = parse_verb(arguments[1], &parsed.verb, error);
    struct reader reader = {.count = count, .words = arguments, .index = 2};
    bool options_are_over = false;
    for (; code == COG_OK && reader.index < count; reader.index++) {
        const char *word = arguments[reader.index];
        if (options_are_over || word[0] != '-') {
            arguments[parsed.path_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            options_are_over = true;
        } else {
            code = parse_option(&reader, &parsed, error);
        }
    }
    if (code == COG_OK) {
        parsed.paths = arguments;
        *out_arguments = parsed;
    }
    return code;
}
