/** The scenario files of some folders. */
#ifndef SCN_SUITE_H
#define SCN_SUITE_H

#include "language/scenario.h"

/** One scenario: a file, or one of its runs. */
struct scn_suite_entry {
    char *path;    /**< Owned. */
    size_t number; /**< From 1: its place among those of all shards; 0 before a selection. */
    struct scn_scenario scenario;
    struct cog_error error; /**< `code` is COG_OK when the scenario is good. */
};

/** Sorted by path, each path once, its runs in the order of the file. `{0}` is empty and safe
 * to finish. */
struct scn_suite {
    struct scn_suite_entry *entries;
    size_t count;
    size_t selected_count; /**< Of all shards together; 0 before a selection. */
};

/**
 * Reads files, and the *.jsonc and *.json files of folders, with the folders in them. A file that
 * is wrong, or whose name another one has, is noted in its entry.
 *
 * @return COG_OK, COG_ERROR_STORAGE (a path cannot be read), COG_ERROR_CONFIGURATION (a folder
 *         without scenarios), COG_ERROR_MEMORY
 */
enum cog_code scn_suite_load(const char *const *paths, size_t path_count,
                             struct scn_suite *out_suite, struct cog_error *error) COG_CHECK;

/** Keeps the scenarios that are wanted, and the entries with an error. */
void scn_suite_keep(struct scn_suite *suite,
                    bool (*is_wanted)(void *context, const struct scn_suite_entry *entry),
                    void *context);

/** Keeps the scenarios alone. */
void scn_suite_drop_errors(struct scn_suite *suite);

/** How many entries have an error. */
size_t scn_suite_error_count(const struct scn_suite *suite);

void scn_suite_finish(struct scn_suite *suite);

#endif
