#include "program/program.h"

#include <cogbase/command_line.h>
#include <cogbase/document.h>
#include <cogmock/script.h>

#include <stdio.h>

static enum cog_code check_case(const struct cog_document *document, size_t index,
                                struct cog_error *error)
{
    struct mock_case chosen = {0};
    mock_cases_at(document, index, &chosen);
    struct mock_script *script = NULL;
    enum cog_code code = mock_script_parse_case(document, &chosen, &script, error);
    mock_script_destroy(script);
    return code;
}

static enum cog_code check_file(const char *path, struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code = cog_document_read(path, &document, error);
    if (code == COG_OK) {
        code = mock_cases_check(&document, error);
    }
    const size_t count = code == COG_OK ? mock_cases_count(&document) : 0;
    for (size_t i = 0; i < count && code == COG_OK; i++) {
        code = check_case(&document, i, error);
    }
    return code;
}

/* @return the exit code of this file alone */
static int report_file(const char *path)
{
    struct cog_error error = {0};
    if (check_file(path, &error) != COG_OK) {
        return mock_program_fail("check", &error);
    }
    (void)printf("%s: ok\n", path);
    return MOCK_EXIT_DONE;
}

int mock_program_check(int argc, char **argv)
{
    static const struct cog_flag none[] = {{NULL, false, 0}};
    struct cog_command_line line = {.count = argc, .arguments = argv, .flags = none};
    struct cog_word word = {0};
    struct cog_error error = {0};
    int exit_code = MOCK_EXIT_DONE;
    size_t count = 0;
    for (;; count++) {
        if (cog_command_line_next(&line, &word, &error) != COG_OK) {
            return mock_program_usage("check", "%s", error.message);
        }
        if (word.id == COG_WORD_END) {
            break;
        }
        int code = report_file(word.value);
        exit_code = exit_code == MOCK_EXIT_DONE ? code : exit_code;
    }
    return count == 0 ? mock_program_usage("check", "no FILE given") : exit_code;
}
