#include "language/suite.h"

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

/* @return NULL when out of memory */
static struct scn_suite_entry *append_entry(struct scn_suite *suite, const char *path)
{
    char *copy = strdup(path);
    struct scn_suite_entry *entries =
        copy != NULL ? realloc(suite->entries, (suite->count + 1) * sizeof *entries) : NULL;
    if (entries == NULL) {
        free(copy);
        return NULL;
    }
    suite->entries = entries;
    struct scn_suite_entry *entry = &entries[suite->count++];
    *entry = (struct scn_suite_entry){.path = copy};
    return entry;
}

static enum cog_code append_path(struct scn_suite *suite, const char *path, struct cog_error *error)
{
    return append_entry(suite, path) != NULL ? COG_OK : fail_memory(error);
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

/* Reads one run into the entry behind the last one. */
static enum cog_code append_scenario(struct scn_suite *suite, const char *path,
                                     struct scn_file *file, size_t index, struct cog_error *error)
{
    struct scn_suite_entry *entry = append_entry(suite, path);
    if (entry == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = scn_scenario_parse(file, index, &entry->scenario, &entry->error);
    if (code == COG_ERROR_MEMORY) {
        return cog_error_set(error, code, "%s", entry->error.message);
    }
    return COG_OK;
}

/* A file that cannot be parsed is an entry with an error. */
static enum cog_code append_broken(struct scn_suite *suite, const char *path,
                                   const struct cog_error *cause, struct cog_error *error)
{
    if (cause->code == COG_ERROR_STORAGE || cause->code == COG_ERROR_MEMORY) {
        *error = *cause;
        return cause->code;
    }
    struct scn_suite_entry *entry = append_entry(suite, path);
    if (entry == NULL) {
        return fail_memory(error);
    }
    entry->error = *cause;
    return COG_OK;
}

/* All runs of a file share what was read of it. */
static enum cog_code append_runs(struct scn_suite *suite, const char *path, struct cog_error *error)
{
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    struct cog_error cause = {0};
    enum cog_code code = scn_file_read(path, &file, &cause);
    if (code != COG_OK) {
        return append_broken(suite, path, &cause, error);
    }
    const size_t count = mock_cases_count(&file->document);
    for (size_t i = 0; i < count && code == COG_OK; i++) {
        code = append_scenario(suite, path, file, i, error);
    }
    return code;
}

/* A scenario's name, and where in the suite it is. */
struct name_place {
    const char *name;
    size_t index;
};

/* By name, and those of one name in the order of the suite. */
static int compare_names(const void *left, const void *right)
{
    const struct name_place *left_place = left;
    const struct name_place *right_place = right;
    const int order = strcmp(left_place->name, right_place->name);
    return order != 0 ? order
                      : (left_place->index > right_place->index) -
                            (left_place->index < right_place->index);
}

/* @param places sorted */
static void tell_doubles(struct scn_suite *suite, const struct name_place *places, size_t count)
{
    const struct name_place *first = places;
    for (size_t i = 1; i < count; i++) {
        struct scn_suite_entry *entry = &suite->entries[places[i].index];
        if (strcmp(first->name, places[i].name) != 0) {
            first = &places[i];
            continue;
        }
        (void)cog_error_set(&entry->error, COG_ERROR_SYNTAX, "%s: the name '%s' is also that of %s",
                            entry->path, entry->scenario.name, suite->entries[first->index].path);
    }
}

/* Two scenarios of one name could not be told apart in a report. */
static enum cog_code check_names(struct scn_suite *suite, struct cog_error *error)
{
    struct name_place *places = calloc(suite->count + 1, sizeof *places);
    if (places == NULL) {
        return fail_memory(error);
    }
    size_t count = 0;
    for (size_t i = 0; i < suite->count; i++) {
        if (suite->entries[i].error.code == COG_OK) {
            places[count++] = (struct name_place){suite->entries[i].scenario.name, i};
        }
    }
    qsort(places, count, sizeof *places, compare_names);
    tell_doubles(suite, places, count);
    free(places);
    return COG_OK;
}

/* From the paths to the scenarios that are in them. */
static enum cog_code read_files(const struct scn_suite *files, struct scn_suite *suite,
                                struct cog_error *error)
{
    for (size_t i = 0; i < files->count; i++) {
        enum cog_code code = append_runs(suite, files->entries[i].path, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return check_names(suite, error);
}

enum cog_code scn_suite_load(const char *const *paths, size_t path_count,
                             struct scn_suite *out_suite, struct cog_error *error)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite files = {0};
    for (size_t i = 0; i < path_count; i++) {
        enum cog_code code = append_given(&files, paths[i], error);
        if (code != COG_OK) {
            return code;
        }
    }
    sort_paths(&files);
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    struct cog_error inner = {0};
    enum cog_code code = read_files(&files, &suite, &inner);
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

static void entry_finish(struct scn_suite_entry *entry)
{
    scn_scenario_finish(&entry->scenario);
    free(entry->path);
}

/* Keeps the entries that are wanted. */
static void keep(struct scn_suite *suite, bool keeps_errors,
                 bool (*is_wanted)(void *context, const struct scn_suite_entry *entry),
                 void *context)
{
    size_t count = 0;
    for (size_t i = 0; i < suite->count; i++) {
        struct scn_suite_entry *entry = &suite->entries[i];
        if (entry->error.code != COG_OK ? keeps_errors : is_wanted(context, entry)) {
            suite->entries[count++] = *entry;
        } else {
            entry_finish(entry);
        }
    }
    suite->count = count;
}

void scn_suite_keep(struct scn_suite *suite,
                    bool (*is_wanted)(void *context, const struct scn_suite_entry *entry),
                    void *context)
{
    keep(suite, true, is_wanted, context);
}

static bool is_any(void *context, const struct scn_suite_entry *entry)
{
    (void)context;
    (void)entry;
    return true;
}

void scn_suite_drop_errors(struct scn_suite *suite)
{
    keep(suite, false, is_any, NULL);
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
        entry_finish(&suite->entries[i]);
    }
    free(suite->entries);
    *suite = (struct scn_suite){0};
}
