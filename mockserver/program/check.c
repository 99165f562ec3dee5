#include "program/program.h"

#include <cogbase/command_line.h>
#include <cogbase/document.h>
#include <cogmock/script.h>

#include <stdio.h>

static enum cog_code check_script(const struct cog_document *document, const cJSON *variant,
                                  struct cog_error *error)
{
    struct mock_script *script = NULL;
    enum cog_code code = mock_script_parse_variant(document, variant, &script, error);
    mock_script_destroy(script);
    return code;
}

static enum cog_code check_file(const char *path, struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code = cog_document_read(path, &document, error);
    const cJSON *variants = NULL;
    if (code == COG_OK) {
        code = cog_document_object(&document, document.root, "variants", &variants, error);
    }
    if (code == COG_OK && variants == NULL) {
        code = check_script(&document, NULL, error);
    }
    const cJSON *variant = NULL;
    cJSON_ArrayForEach(variant, variants)
    {
        if (code == COG_OK) {
            code = check_script(&document, variant, error);
        }
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
