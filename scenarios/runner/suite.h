/** The scenario files of some folders. */
#ifndef SCN_SUITE_H
#define SCN_SUITE_H

#include "scenario.h"

/** One scenario: a file, or one variant of it. */
struct scn_suite_entry {
    char *path; /**< Owned. */
    struct scn_scenario scenario;
    struct cog_error error; /**< `code` is COG_OK when the scenario is good. */
};

/** Sorted by path, each path once, its variants in the order of the file. `{0}` is empty and safe
 * to finish. */
struct scn_suite {
    struct scn_suite_entry *entries;
    size_t count;
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

/**
 * Keeps only the variants of that name.
 *
 * @return COG_OK, or COG_ERROR_CONFIGURATION when there is none
 */
enum cog_code scn_suite_filter(struct scn_suite *suite, const char *variant,
                               struct cog_error *error) COG_CHECK;

/** How many entries have an error. */
size_t scn_suite_error_count(const struct scn_suite *suite);

void scn_suite_finish(struct scn_suite *suite);

#endif
