#include "program/drill_folder.h"

#include "drill/guided/folder_layout.h"
#include "drill/guided/real_path.h"
#include "program/variable.h"

#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_MODE = 0700, TRIES_MAX = 100, SECONDS_LENGTH = 19 };

static enum cog_code fail_make(const char *path, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot make the drill's folder '%s': %s", path,
                         strerror(errno));
}

/* All folders above, too. */
static bool make_folders(char *path)
{
    for (char *end = strchr(path + 1, '/'); end != NULL; end = strchr(end + 1, '/')) {
        *end = '\0';
        const bool is_made = mkdir(path, FOLDER_MODE) == 0 || errno == EEXIST;
        *end = '/';
        if (!is_made) {
            return false;
        }
    }
    return mkdir(path, FOLDER_MODE) == 0;
}

static bool is_empty(const char *path)
{
    DIR *folder = opendir(path);
    bool has_entry = folder == NULL;
    for (struct dirent *entry = NULL; !has_entry && (entry = readdir(folder)) != NULL;) {
        has_entry = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return !has_entry;
}

static bool had_drill(const char *path)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s/%s", path, SCN_LAYOUT_RESULT);
    return access(cog_text_string(&text), F_OK) == 0;
}

static enum cog_code check_there(const char *path, struct cog_error *error)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return cog_error_set(error, COG_ERROR_STORAGE, "'%s' is no folder", path);
    }
    if (!had_drill(path) && !is_empty(path)) {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "the drill's folder '%s' has other things in it: choose a new one with"
                             " --into",
                             path);
    }
    return access(path, W_OK | X_OK) == 0
               ? COG_OK
               : cog_error_set(error, COG_ERROR_STORAGE, "cannot write into '%s': %s", path,
                               strerror(errno));
}

static enum cog_code make_typed(const char *typed, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = strdup(typed);
    if (path == NULL || path[0] == '\0') {
        return cog_error_set(error, path == NULL ? COG_ERROR_MEMORY : COG_ERROR_CONFIGURATION,
                             "--into: expected a folder");
    }
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        path[--length] = '\0';
    }
    if (make_folders(path)) {
        return COG_OK;
    }
    return errno == EEXIST ? check_there(path, error) : fail_make(path, error);
}

static enum cog_code append_parent(struct cog_text *text, struct cog_error *error)
{
    const char *state = scn_variable_find("XDG_STATE_HOME");
    const char *home = scn_variable_find("HOME");
    if (state != NULL && state[0] == '/') {
        cog_text_append(text, state);
    } else if (home != NULL && home[0] == '/') {
        cog_text_append_format(text, "%s/.local/state", home);
    } else {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "neither XDG_STATE_HOME nor HOME says where the drill's folder"
                             " belongs: choose one with --into");
    }
    cog_text_append(text, "/cogdrill/drills/");
    return COG_OK;
}

/* "2026-11-23T07:50:00" as "20261123T075000Z": a name that shells and all systems take. */
static void append_stamp(struct cog_text *text, int64_t unix_ms)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(unix_ms, stamp);
    for (int i = 0; i < SECONDS_LENGTH && stamp[i] != '\0'; i++) {
        if (stamp[i] != '-' && stamp[i] != ':') {
            cog_text_append_bytes(text, &stamp[i], 1);
        }
    }
    cog_text_append(text, "Z");
}

static enum cog_code make_new(const char *id, int64_t now_unix_ms, char **out_path,
                              struct cog_error *error)
{
    for (int i = 1; i <= TRIES_MAX; i++) {
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
        enum cog_code code = append_parent(&text, error);
        if (code != COG_OK) {
            return code;
        }
        if (id != NULL) {
            cog_text_append_format(&text, "%s-", id);
        }
        append_stamp(&text, now_unix_ms);
        if (i > 1) {
            cog_text_append_format(&text, "-%d", i);
        }
        COG_CLEANUP(cog_string_finish) char *path = NULL;
        code = cog_text_give(&text, &path, error);
        if (code != COG_OK) {
            return code;
        }
        if (make_folders(path)) {
            *out_path = path;
            path = NULL;
            return COG_OK;
        }
        if (errno != EEXIST || i == TRIES_MAX) {
            return fail_make(path, error);
        }
    }
    return COG_ERROR_STORAGE;
}

enum cog_code scn_drill_folder_make(const char *typed, const char *id, int64_t now_unix_ms,
                                    char **out_path, struct cog_error *error)
{
    if (typed == NULL) {
        return make_new(id, now_unix_ms, out_path, error);
    }
    const enum cog_code code = make_typed(typed, error);
    if (code != COG_OK) {
        return code;
    }
    char *path = scn_real_path(typed);
    if (path == NULL) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot read the drill's folder '%s'",
                             typed);
    }
    *out_path = path;
    return COG_OK;
}
