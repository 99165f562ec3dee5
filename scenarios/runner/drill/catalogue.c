#include "drill/catalogue.h"

#include <cogbase/text.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Where they lie in a checkout. */
static const char checkout_folder[] = "scenarios/drills";
static const char ending[] = ".jsonc";

enum { ENDING_LENGTH = sizeof ending - 1 };

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code fail_read(const char *path, int number, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot read '%s': %s", path, strerror(number));
}

const char *scn_drill_catalogue_folder(void)
{
    struct stat status;
    return stat(checkout_folder, &status) == 0 && S_ISDIR(status.st_mode) ? checkout_folder
                                                                          : SCN_DRILLS_FOLDER;
}

static void close_folder(DIR **folder)
{
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

static bool is_drill_name(const char *name)
{
    const size_t length = strlen(name);
    return name[0] != '.' && length > ENDING_LENGTH &&
           strcmp(name + length - ENDING_LENGTH, ending) == 0;
}

static enum cog_code append_id(struct scn_drill_catalogue *catalogue, const char *name,
                               struct cog_error *error)
{
    char *id = cog_string_clone(name, strlen(name) - ENDING_LENGTH);
    if (id == NULL) {
        return fail_memory(error);
    }
    catalogue->ids[catalogue->count++] = id;
    return COG_OK;
}

static enum cog_code read_ids(DIR *stream, const char *folder,
                              struct scn_drill_catalogue *catalogue, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    while (code == COG_OK) {
        errno = 0;
        const struct dirent *member = readdir(stream);
        if (member == NULL) {
            return errno == 0 ? COG_OK : fail_read(folder, errno, error);
        }
        if (!is_drill_name(member->d_name)) {
            continue;
        }
        if (catalogue->count == SCN_DRILL_CATALOGUE_MAX) {
            return cog_error_set(error, COG_ERROR_STORAGE, "more than %d drills in '%s'",
                                 SCN_DRILL_CATALOGUE_MAX, folder);
        }
        code = append_id(catalogue, member->d_name, error);
    }
    return code;
}

static int compare_ids(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* @return NULL when out of memory */
static char *compose_path(const char *folder, const char *id)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s/%s%s", folder, id, ending);
    return cog_text_take(&text);
}

enum cog_code scn_drill_catalogue_list(const char *folder,
                                       struct scn_drill_catalogue *out_catalogue,
                                       struct cog_error *error)
{
    COG_CLEANUP(close_folder) DIR *stream = opendir(folder);
    if (stream == NULL) {
        return fail_read(folder, errno, error);
    }
    COG_CLEANUP(scn_drill_catalogue_finish)
    struct scn_drill_catalogue catalogue = {
        .paths = calloc(SCN_DRILL_CATALOGUE_MAX + 1, sizeof *catalogue.paths),
        .ids = calloc(SCN_DRILL_CATALOGUE_MAX + 1, sizeof *catalogue.ids),
    };
    if (catalogue.paths == NULL || catalogue.ids == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = read_ids(stream, folder, &catalogue, error);
    if (code != COG_OK) {
        return code;
    }
    qsort(catalogue.ids, catalogue.count, sizeof *catalogue.ids, compare_ids);
    for (size_t i = 0; i < catalogue.count; i++) {
        catalogue.paths[i] = compose_path(folder, catalogue.ids[i]);
        if (catalogue.paths[i] == NULL) {
            return fail_memory(error);
        }
    }
    *out_catalogue = catalogue;
    catalogue = (struct scn_drill_catalogue){0};
    return COG_OK;
}

/* Why it is no file: a number of errno's; 0: it is one. */
static int look_at(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return errno;
    }
    return S_ISDIR(status.st_mode) ? EISDIR : 0;
}

/* What looks like a path is complained of as one. */
static bool is_path(const char *word)
{
    return strchr(word, '/') != NULL || is_drill_name(word);
}

static enum cog_code fail_unknown(const char *folder, const char *word, struct cog_error *error)
{
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    enum cog_code code = scn_drill_catalogue_list(folder, &catalogue, error);
    if (code != COG_OK) {
        return code;
    }
    const char *nearest = cog_string_nearest(word, (const char *const *)catalogue.ids);
    return cog_error_set(error, COG_ERROR_NOT_FOUND,
                         "no drill '%s' in '%s'%s%s%s ('cogdrill drills list' names all; a file of"
                         " yours needs its path)",
                         word, folder, nearest != NULL ? ", did you mean '" : "",
                         nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

static enum cog_code give_path(const char *path, char **out_path, struct cog_error *error)
{
    char *copy = cog_string_clone(path, strlen(path));
    if (copy == NULL) {
        return fail_memory(error);
    }
    *out_path = copy;
    return COG_OK;
}

enum cog_code scn_drill_catalogue_find_in(const char *folder, const char *word, char **out_path,
                                          struct cog_error *error)
{
    if (strchr(word, '/') == NULL) {
        COG_CLEANUP(cog_string_finish) char *path = compose_path(folder, word);
        if (path == NULL) {
            return fail_memory(error);
        }
        if (look_at(path) == 0) {
            *out_path = path;
            path = NULL;
            return COG_OK;
        }
    }
    const int fault = look_at(word);
    if (fault == 0) {
        return give_path(word, out_path, error);
    }
    return is_path(word) ? fail_read(word, fault, error) : fail_unknown(folder, word, error);
}

enum cog_code scn_drill_catalogue_find(const char *word, char **out_path, struct cog_error *error)
{
    return scn_drill_catalogue_find_in(scn_drill_catalogue_folder(), word, out_path, error);
}

void scn_drill_catalogue_finish(struct scn_drill_catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        free(catalogue->ids[i]);
        if (catalogue->paths != NULL) {
            free(catalogue->paths[i]);
        }
    }
    free(catalogue->ids);
    free(catalogue->paths);
    *catalogue = (struct scn_drill_catalogue){0};
}
