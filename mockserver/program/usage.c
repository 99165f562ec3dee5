#include "program/program.h"

#include <cogbase/text.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    OPTIONS_MAX = 16,
    LINE_SIZE = 1024,
    WORD_SIZE = 32,    /**< Of an option's name with its dashes. */
    CODE_OFFSET = 256, /**< Codes of long options are above all characters. */
};

int mock_program_fail(const char *verb, const struct cog_error *error)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    (void)fprintf(stderr, "cogmock %s: %s\n", verb, cog_error_text(error, text, sizeof text));
    if (error->code == COG_ERROR_SYNTAX) {
        return MOCK_EXIT_SCENARIO;
    }
    if (error->code == COG_ERROR_STORAGE) {
        return MOCK_EXIT_UNREADABLE;
    }
    return error->code == COG_ERROR_CONFIGURATION ? MOCK_EXIT_PORT_IN_USE : MOCK_EXIT_FAILURE;
}

int mock_program_usage(const char *verb, const char *format, ...)
{
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    va_list list;
    va_start(list, format);
    cog_text_append_format_list(&line, format, list);
    va_end(list);
    const char *text = cog_text_string(&line);
    if (verb == NULL) {
        (void)fprintf(stderr, "cogmock: %s; see 'cogmock --help'\n", text);
    } else {
        (void)fprintf(stderr, "cogmock %s: %s; see 'cogmock %s --help'\n", verb, text, verb);
    }
    return MOCK_EXIT_USAGE;
}

/* With the dashes, of which two letters that changed places are a smaller part. */
static int unknown_long(const char *verb, const struct option *options, const char *argument)
{
    char words[OPTIONS_MAX][WORD_SIZE];
    const char *names[OPTIONS_MAX + 1] = {NULL};
    for (size_t i = 0; i < OPTIONS_MAX && options[i].name != NULL; i++) {
        (void)snprintf(words[i], sizeof words[i], "--%s", options[i].name);
        names[i] = words[i];
    }
    char name[LINE_SIZE];
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(argument, "="), argument);
    const char *nearest = cog_string_nearest(name, names);
    if (nearest == NULL) {
        return mock_program_usage(verb, "unknown option '%s'", name);
    }
    return mock_program_usage(verb, "unknown option '%s', did you mean '%s'?", name, nearest);
}

static const char *name_of(const struct option *options, int code)
{
    while (options->name != NULL && options->val != code) {
        options++;
    }
    return options->name == NULL ? "" : options->name;
}

int mock_program_option_usage(const char *verb, const struct option *options, int result,
                              char *const *argv)
{
    if (result == ':') {
        return mock_program_usage(verb, "option '--%s' needs a value", name_of(options, optopt));
    }
    if (optopt >= CODE_OFFSET) {
        return mock_program_usage(verb, "option '--%s' takes no value", name_of(options, optopt));
    }
    if (optopt != 0) {
        return mock_program_usage(verb, "unknown option '-%c'", optopt);
    }
    return unknown_long(verb, options, argv[optind - 1]);
}
