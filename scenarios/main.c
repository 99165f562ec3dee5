#include "program/arguments.h"
#include "program/help.h"
#include "program/verbs.h"

#include <curl/curl.h>
#include <stdio.h>

static int run_verb(const struct scn_arguments *arguments)
{
    switch (arguments->verb) {
    case SCN_VERB_HELP:
        scn_help_write(stdout);
        return 0;
    case SCN_VERB_RUN:
        return scn_verb_run(arguments);
    case SCN_VERB_CHECK:
        return scn_verb_check(arguments);
    case SCN_VERB_LIST:
        return scn_verb_list(arguments);
    }
    return SCN_EXIT_USAGE;
}

int main(int argument_count, char **argument_list)
{
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};
    if (scn_arguments_parse(argument_count, (const char **)argument_list, &arguments, &error) !=
        COG_OK) {
        (void)fprintf(stderr, "cogdrill: %s\n", error.message);
        return SCN_EXIT_USAGE;
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        (void)fprintf(stderr, "cogdrill: libcurl could not be initialised\n");
        return SCN_EXIT_SOFTWARE;
    }
    const int exit_code = run_verb(&arguments);
    curl_global_cleanup();
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fprintf(stderr, "cogdrill: cannot write to stdout\n");
        return SCN_EXIT_NO_OUTPUT;
    }
    return exit_code;
}
