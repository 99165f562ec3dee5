#include "program/verbs.h"

#include <stdio.h>

static void print_tags(const cJSON *tags)
{
    const cJSON *tag = NULL;
    const char *separator = "";
    cJSON_ArrayForEach(tag, tags)
    {
        (void)printf("%s%s", separator, tag->valuestring);
        separator = ",";
    }
}

static void print_line(const struct scn_suite_entry *entry)
{
    (void)printf("%s\t", entry->scenario.name);
    print_tags(entry->scenario.tags);
    (void)printf("\t%s\n", entry->path);
}

int scn_verb_list(const struct scn_arguments *arguments)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    const int exit_code = scn_program_load(arguments, &suite);
    if (exit_code != 0) {
        return exit_code;
    }
    for (size_t i = 0; i < suite.count; i++) {
        const struct scn_suite_entry *entry = &suite.entries[i];
        if (entry->error.code == COG_OK && arguments->is_names_only) {
            (void)puts(entry->scenario.name);
        } else if (entry->error.code == COG_OK) {
            print_line(entry);
        }
    }
    return scn_suite_error_count(&suite) > 0 ? SCN_EXIT_USAGE : 0;
}
