#include "storage_posix_replacement.h"

#include "storage_posix_error.h"
#include "storage_posix_file.h"

#include <cogbase/text.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* One that is not there is gone as well. */
static enum cog_code remove_entry(const struct cog_posix_folder *folder, const char *name,
                                  struct cog_error *error)
{
    if (unlinkat(folder->descriptor, name, 0) == 0 || errno == ENOENT) {
        return COG_OK;
    }
    const int reason = errno;
    COG_CLEANUP(cog_string_finish) char *path = cog_posix_folder_path(folder, name);
    return cog_posix_fail("remove", path != NULL ? path : name, reason, error);
}

/*
 * What somebody who died left of an earlier attempt goes first: nobody else works on one while the
 * folder is locked, and O_EXCL then makes sure that the file is new and ours.
 */
static enum cog_code write_draft(const struct cog_posix_folder *folder, const char *draft,
                                 const char *text, struct cog_error *error)
{
    enum cog_code code = remove_entry(folder, draft, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_posix_file_finish) struct cog_posix_file file = {0};
    code = cog_posix_file_open(folder, draft, O_WRONLY | O_CREAT | O_EXCL, &file, error);
    return code == COG_OK ? cog_posix_file_write(&file, text, error) : code;
}

static enum cog_code rename_draft(const struct cog_posix_folder *folder, const char *draft,
                                  const char *name, struct cog_error *error)
{
    if (renameat(folder->descriptor, draft, folder->descriptor, name) != 0) {
        const int reason = errno;
        COG_CLEANUP(cog_string_finish) char *path = cog_posix_folder_path(folder, name);
        return cog_posix_fail("replace", path != NULL ? path : name, reason, error);
    }
    return COG_OK;
}

static enum cog_code put_draft(const struct cog_posix_folder *folder, const char *draft,
                               const char *name, const char *text, struct cog_error *error)
{
    enum cog_code code = write_draft(folder, draft, text, error);
    if (code == COG_OK) {
        code = rename_draft(folder, draft, name, error);
    }
    if (code != COG_OK) {
        /* The first failure is the one to tell. */
        (void)unlinkat(folder->descriptor, draft, 0);
    }
    return code;
}

enum cog_code cog_posix_replacement_put(const struct cog_posix_folder *folder, const char *name,
                                        const char *text, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (text[0] == '\0') {
        code = remove_entry(folder, name, error);
    } else {
        struct cog_text draft_name = {0};
        cog_text_append_format(&draft_name, ".%s.tmp", name);
        COG_CLEANUP(cog_string_finish) char *draft = cog_text_take(&draft_name);
        if (draft == NULL) {
            return cog_posix_fail_memory(error);
        }
        code = put_draft(folder, draft, name, text, error);
    }
    return code == COG_OK ? cog_posix_folder_sync(folder, error) : code;
}
