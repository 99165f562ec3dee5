#include "foreign/folder.h"

#include <cogbase/text.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A client could make them deeper; what lies there stays. */
enum { DEPTH_MAX = 32 };

enum cog_code scn_folder_create(const char *parent, char **out_path, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s/cogdrill-XXXXXX",
                           parent != NULL && parent[0] != '\0' ? parent : "/tmp");
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    const enum cog_code code = cog_text_give(&text, &path, error);
    if (code != COG_OK) {
        return code;
    }
    if (mkdtemp(path) == NULL) {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "cannot make a folder for the client, '%s': %s", path,
                             strerror(errno));
    }
    *out_path = path;
    path = NULL;
    return COG_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as DEPTH_MAX. */
static void remove_content(int descriptor, int depth)
{
    DIR *folder = fdopendir(descriptor);
    if (folder == NULL) {
        (void)close(descriptor);
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            unlinkat(dirfd(folder), name, 0) == 0) {
            continue;
        }
        const int inner =
            openat(dirfd(folder), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner >= 0 && depth < DEPTH_MAX) {
            remove_content(inner, depth + 1);
        } else if (inner >= 0) {
            (void)close(inner);
        }
        (void)unlinkat(dirfd(folder), name, AT_REMOVEDIR);
    }
    (void)closedir(folder);
}

void scn_folder_remove(const char *path)
{
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor >= 0) {
        remove_content(descriptor, 0);
    }
    (void)rmdir(path);
}
