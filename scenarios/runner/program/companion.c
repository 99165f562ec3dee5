#include "program/companion.h"

#include "drill/guided/real_path.h"
#include "program/variable.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

enum cog_code scn_companion_self(char **out_path, struct cog_error *error)
{
    char *path = scn_real_path("/proc/self/exe");
    if (path == NULL) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot tell where this program lies");
    }
    *out_path = path;
    return COG_OK;
}

/* @return owned; NULL where there is none, and for no memory */
static char *try_path(const char *folder, size_t folder_length, const char *rest, const char *name)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_bytes(&text, folder, folder_length);
    cog_text_append(&text, rest);
    cog_text_append(&text, name);
    return !text.failed && is_program(cog_text_string(&text)) ? cog_text_take(&text) : NULL;
}

static char *find_beside(const struct scn_companion *companion, const char *self)
{
    const char *end = strrchr(self, '/');
    const size_t length = end != NULL ? (size_t)(end - self) : 0;
    char *path = try_path(self, length, "/", companion->name);
    if (path != NULL || companion->folder == NULL) {
        return path;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text rest = {0};
    cog_text_append_format(&rest, "/../%s/", companion->folder);
    path = try_path(self, length, cog_text_string(&rest), companion->name);
    if (path == NULL) {
        return NULL;
    }
    char *clean = scn_real_path(path);
    free(path);
    return clean;
}

/* An empty or a relative folder of $PATH is passed over: a drill goes on in other folders. */
static char *find_in_path(const char *name)
{
    const char *folder = scn_variable_find("PATH");
    while (folder != NULL && folder[0] != '\0') {
        const size_t length = strcspn(folder, ":");
        char *path = folder[0] == '/' ? try_path(folder, length, "/", name) : NULL;
        if (path != NULL) {
            return path;
        }
        folder += length + (folder[length] == ':' ? 1 : 0);
    }
    return NULL;
}

enum cog_code scn_companion_find(const struct scn_companion *companion, char **out_path,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *self = NULL;
    const enum cog_code code = scn_companion_self(&self, error);
    if (code != COG_OK || self == NULL) {
        return code;
    }
    char *path = find_beside(companion, self);
    if (path == NULL) {
        path = find_in_path(companion->name);
    }
    if (path == NULL) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND,
                             "'%s' is neither beside cogdrill nor in PATH%s%s%s", companion->name,
                             companion->flag != NULL ? ": say where it is with " : "",
                             companion->flag != NULL ? companion->flag : "",
                             companion->flag != NULL ? " PROGRAM" : "");
    }
    *out_path = path;
    return COG_OK;
}
