#include "program/program.h"

#include <cogbase/document.h>
#include <cogmock/script.h>

#include <stdio.h>

static enum cog_code check_file(const char *path, struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code = cog_document_read(path, &document, error);
    if (code != COG_OK) {
        return code;
    }
    struct mock_script *script = NULL;
    code = mock_script_parse(&document, &script, error);
    mock_script_destroy(script);
    return code;
}

int mock_program_check(int argc, char **argv)
{
    static const struct option options[] = {{0}};
    opterr = 0;
    int result = getopt_long(argc, argv, ":", options, NULL);
    if (result != -1) {
        return mock_program_option_usage("check", options, result, argv);
    }
    if (optind == argc) {
        return mock_program_usage("check", "no FILE given");
    }
    int exit_code = MOCK_EXIT_DONE;
    for (int i = optind; i < argc; i++) {
        struct cog_error error = {0};
        if (check_file(argv[i], &error) == COG_OK) {
            (void)printf("%s: ok\n", argv[i]);
            continue;
        }
        int code = mock_program_fail("check", &error);
        exit_code = exit_code == MOCK_EXIT_DONE ? code : exit_code;
    }
    return exit_code;
}
