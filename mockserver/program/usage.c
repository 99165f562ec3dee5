#include "program/program.h"

#include <cogbase/text.h>

#include <stdarg.h>
#include <stdio.h>

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
