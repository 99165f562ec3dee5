#include "suite.h"

#include <cogbase/text.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Deeper means a link that leads back to where it stands. */
enum { DEPTH_MAX = 8 };

static enum cog_code fail_read(const char *path, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot read '%s': %s", path, strerror(errno));
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code append_path(struct scn_suite *suite, const char *path, struct cog_error *error)
{
    char *copy = strdup(path);
    struct scn_suite_entry *entries =
        copy != NULL ? realloc(suite->entries, (suite->count + 1) * sizeof *entries) : NULL;
    if (entries == NULL) {
        free(copy);
        return fail_memory(error);
    }
    suite->entries = entries;
    suite->entries[suite->count++] = (struct scn_suite_entry){.path = copy};
    return COG_OK;
}

static bool ends_with(const char *name, const char *ending)
{
    const size_t name_length = strlen(name);
    const size_t ending_length = strlen(ending);
    return name_length > ending_length && strcmp(name + name_length - ending_length, ending) == 0;
}

static bool is_scenario_name(const char *name)
{
    return ends_with(name, ".jsonc") || ends_with(name, ".json");
}

static void close_folder(DIR **folder)
{
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

static enum cog_code append_folder(struct scn_suite *suite, const char *path, int depth,
                                   struct cog_error *error);

/* What is in a folder: hidden files and other kinds are left out. */
static enum cog_code append_member(struct scn_suite *suite, const char *folder, const char *name,
                                   int depth, struct cog_error *error)
{
    if (name[0] == '.') {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s%s%s", folder, ends_with(folder, "/") ? "" : "/", name);
    COG_CLEANUP(cog_string_finish) char *path = cog_text_take(&text);
    if (path == NULL) {
        return fail_memory(error);
    }
    struct stat status;
    if (stat(path, &status) != 0) {
        return fail_read(path, error);
    }
    if (S_ISDIR(status.st_mode)) {
        return append_folder(suite, path, depth + 1, error);
    }
    return S_ISREG(status.st_mode) && is_scenario_name(name) ? append_path(suite, path, error)
                                                             : COG_OK;
}

static enum cog_code append_folder(struct scn_suite *suite, const char *path, int depth,
                                   struct cog_error *error)
{
    if (depth > DEPTH_MAX) {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "cannot read '%s': more than %d folders deep", path, DEPTH_MAX);
    }
    COG_CLEANUP(close_folder) DIR *folder = opendir(path);
    if (folder == NULL) {
        return fail_read(path, error);
    }
    enum cog_code code = COG_OK;
    while (code == COG_OK) {
        errno = 0;
        const struct dirent *member = readdir(folder);
        if (member == NULL) {
            return errno == 0 ? COG_OK : fail_read(path, error);
        }
        code = append_member(suite, path, member->d_name, depth, error);
    }
    return code;
}

/* A path that the user gave: a file is taken whatever its name. */
static enum cog_code append_given(struct scn_suite *suite, const char *path,
                                  struct cog_error *error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return fail_read(path, error);
    }
    if (!S_ISDIR(status.st_mode)) {
        return append_path(suite, path, error);
    }
    const size_t count = suite->count;
    enum cog_code code = append_folder(suite, path, 0, error);
    if (code == COG_OK && suite->count == count) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "no scenario file in '%s'", path);
    }
    return code;
}

static int compare_paths(const void *left, const void *right)
{
    const struct scn_suite_entry *left_entry = left;
    const struct scn_suite_entry *right_entry = right;
    return strcmp(left_entry->path, right_entry->path);
}

/* A file that was given twice runs once. */
static void sort_paths(struct scn_suite *suite)
{
    if (suite->count == 0) {
        return;
    }
    qsort(suite->entries, suite->count, sizeof *suite->entries, compare_paths);
    size_t count = 1;
    for (size_t i = 1; i < suite->count; i++) {
        if (strcmp(suite->entries[i].path, suite->entries[count - 1].path) == 0) {
            free(suite->entries[i].path);
        } else {
            suite->entries[count++] = suite->entries[i];
        }
    }
    suite->count = count;
}

/* Two scenarios of one name could not be told apart in a report. */
static void check_name(struct scn_suite *suite, size_t index)
{
    struct scn_suite_entry *entry = &suite->entries[index];
    for (size_t i = 0; i < index && entry->error.code == COG_OK; i++) {
        const struct scn_suite_entry *other = &suite->entries[i];
        if (other->error.code == COG_OK &&
            strcmp(other->scenario.name, entry->scenario.name) == 0) {
            (void)cog_error_set(&entry->error, COG_ERROR_SYNTAX,
                                "%s: the name '%s' is also that of %s", entry->path,
                                entry->scenario.name, other->path);
        }
    }
}

static enum cog_code read_entries(struct scn_suite *suite, struct cog_error *error)
{
    for (size_t i = 0; i < suite->count; i++) {
        struct scn_suite_entry *entry = &suite->entries[i];
        enum cog_code code = scn_scenario_read(entry->path, &entry->scenario, &entry->error);
        if (code == COG_ERROR_STORAGE || code == COG_ERROR_MEMORY) {
            *error = entry->error;
            return code;
        }
        check_name(suite, i);
    }
    return COG_OK;
}

enum cog_code scn_suite_load(const char *const *paths, size_t path_count,
                             struct scn_suite *out_suite, struct cog_error *error)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    for (size_t i = 0; i < path_count; i++) {
        enum cog_code code = append_given(&suite, paths[i], error);
        if (code != COG_OK) {
            return code;
        }
    }
    sort_paths(&suite);
    struct cog_error inner = {0};
    enum cog_code code = read_entries(&suite, &inner);
    if (code != COG_OK) {
        if (error != NULL) {
            *error = inner;
        }
        return code;
    }
    *out_suite = suite;
    suite = (struct scn_suite){0};
    return COG_OK;
}

size_t scn_suite_error_count(const struct scn_suite *suite)
{
    size_t count = 0;
    for (size_t i = 0; i < suite->count; i++) {
        count += suite->entries[i].error.code != COG_OK ? 1 : 0;
    }
    return count;
}

void scn_suite_finish(struct scn_suite *suite)
{
    for (size_t i = 0; i < suite->count; i++) {
        scn_scenario_finish(&suite->entries[i].scenario);
        free(suite->entries[i].path);
    }
    free(suite->entries);
    *suite = (struct scn_suite){0};
}
