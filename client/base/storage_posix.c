#include <cogpromote/storage.h>

#include "storage_posix_error.h"
#include "storage_posix_file.h"
#include "storage_posix_folder.h"
#include "storage_posix_holder.h"
#include "storage_posix_names.h"
#include "storage_posix_replacement.h"

#include <cogbase/text.h>

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

/* How often a file may be replaced while an append waits for its lock. */
enum { OPEN_ATTEMPTS_MAX = 100 };

/* The file's name without the folder's. */
static const char *base_name(const char *name)
{
    const char *slash = strchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

/* The folder that a file lies in. */
static enum cog_code folder_open(const struct cog_storage_posix *storage, const char *name,
                                 bool makes, struct cog_posix_folder *out_folder,
                                 struct cog_error *error)
{
    const char *slash = strchr(name, '/');
    if (slash == NULL) {
        return cog_posix_folder_open(storage->directory, NULL, makes, out_folder, error);
    }
    COG_CLEANUP(cog_string_finish) char *child = cog_string_clone(name, (size_t)(slash - name));
    if (child == NULL) {
        return cog_posix_fail_memory(error);
    }
    return cog_posix_folder_open(storage->directory, child, makes, out_folder, error);
}

static enum cog_code open_for_append(const struct cog_posix_folder *folder, const char *name,
                                     struct cog_posix_file *out_file, struct cog_error *error)
{
    return cog_posix_file_open(folder, base_name(name), O_RDWR | O_CREAT | O_APPEND, out_file,
                               error);
}

/* An update may take the file away while the lock is waited for; what came in its place is it. */
static enum cog_code open_locked(const struct cog_posix_folder *folder, const char *name,
                                 struct cog_posix_file *out_file, struct cog_error *error)
{
    for (int attempt = 0; attempt < OPEN_ATTEMPTS_MAX; attempt++) {
        COG_CLEANUP(cog_posix_file_finish) struct cog_posix_file file = {0};
        enum cog_code code = open_for_append(folder, name, &file, error);
        if (code == COG_OK) {
            code = cog_posix_file_lock(&file, LOCK_EX, error);
        }
        if (code != COG_OK) {
            return code;
        }
        if (cog_posix_file_is_linked(&file)) {
            *out_file = file;
            file = (struct cog_posix_file){0};
            return COG_OK;
        }
    }
    return cog_posix_refuse("lock a file in", folder->path, error, "it is replaced all the time");
}

/* With the lock held. @param out_length of what was there */
static enum cog_code append_composed(const struct cog_posix_file *file,
                                     struct cog_storage_composer composer, size_t *out_length,
                                     struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *existing = NULL;
    size_t existing_length = 0;
    enum cog_code code = cog_posix_file_read_tail(file, composer.tail_length, &existing,
                                                  &existing_length, out_length, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *addition = NULL;
    code = composer.compose(composer.context, existing, existing_length, &addition, error);
    if (code != COG_OK) {
        return code;
    }
    assert(addition != NULL);
    return cog_posix_file_append(file, *out_length, addition, error);
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    COG_CLEANUP(cog_posix_folder_finish) struct cog_posix_folder folder = {0};
    enum cog_code code = folder_open(context, name, true, &folder, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_posix_file_finish) struct cog_posix_file file = {0};
    code = open_locked(&folder, name, &file, error);
    if (code != COG_OK) {
        return code;
    }
    size_t existing_length = 0;
    code = append_composed(&file, composer, &existing_length, error);
    if (code != COG_OK) {
        return code;
    }
    /* An empty file may be a new one, of ours or of somebody who died before syncing it. */
    return existing_length == 0 ? cog_posix_folder_sync(&folder, error) : COG_OK;
}

static enum cog_code read_empty(char **out_bytes, size_t *out_length, struct cog_error *error)
{
    char *bytes = calloc(1, 1);
    if (bytes == NULL) {
        return cog_posix_fail_memory(error);
    }
    *out_bytes = bytes;
    *out_length = 0;
    return COG_OK;
}

/*
 * With the folder locked. The file stays locked as well until it is replaced, for those who append
 * to it.
 */
static enum cog_code update_locked(const struct cog_posix_folder *folder, const char *name,
                                   struct cog_storage_composer composer, struct cog_error *error)
{
    COG_CLEANUP(cog_posix_file_finish) struct cog_posix_file file = {0};
    enum cog_code code = cog_posix_file_open(folder, name, O_RDONLY, &file, error);
    if (code == COG_OK && file.path != NULL) {
        code = cog_posix_file_lock(&file, LOCK_EX, error);
    }
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *existing = NULL;
    size_t length = 0;
    code = file.path != NULL
               ? cog_posix_file_read(&file, COG_POSIX_FILE_LENGTH_MAX, &existing, &length, error)
               : read_empty(&existing, &length, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    code = composer.compose(composer.context, existing, length, &text, error);
    if (code != COG_OK || text == NULL) {
        return code;
    }
    return cog_posix_replacement_put(folder, name, text, error);
}

static enum cog_code update(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    COG_CLEANUP(cog_posix_folder_finish) struct cog_posix_folder folder = {0};
    enum cog_code code = folder_open(context, name, true, &folder, error);
    if (code == COG_OK) {
        code = cog_posix_folder_lock(&folder, error);
    }
    return code == COG_OK ? update_locked(&folder, base_name(name), composer, error) : code;
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    COG_CLEANUP(cog_posix_folder_finish) struct cog_posix_folder folder = {0};
    enum cog_code code = folder_open(context, name, false, &folder, error);
    if (code != COG_OK) {
        return code;
    }
    if (folder.path == NULL) {
        return read_empty(out_bytes, out_length, error);
    }
    COG_CLEANUP(cog_posix_file_finish) struct cog_posix_file file = {0};
    code = cog_posix_file_open(&folder, base_name(name), O_RDONLY, &file, error);
    if (code != COG_OK) {
        return code;
    }
    if (file.path == NULL) {
        return read_empty(out_bytes, out_length, error);
    }
    /* Shared with other readers; an append that is under way is waited for. */
    code = cog_posix_file_lock(&file, LOCK_SH, error);
    if (code != COG_OK) {
        return code;
    }
    return cog_posix_file_read(&file, COG_POSIX_FILE_LENGTH_MAX, out_bytes, out_length, error);
}

static enum cog_code list(void *context, const char *name, struct cog_storage_names *out_names,
                          struct cog_error *error)
{
    const struct cog_storage_posix *storage = context;
    COG_CLEANUP(cog_posix_folder_finish) struct cog_posix_folder folder = {0};
    const enum cog_code code =
        cog_posix_folder_open(storage->directory, name, false, &folder, error);
    if (code != COG_OK) {
        return code;
    }
    if (folder.path == NULL) {
        *out_names = (struct cog_storage_names){0};
        return COG_OK;
    }
    return cog_posix_names_read(&folder, out_names, error);
}

static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    COG_CLEANUP(cog_posix_folder_finish) struct cog_posix_folder folder = {0};
    const enum cog_code code = folder_open(context, name, true, &folder, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_posix_file_finish) struct cog_posix_file file = {0};
    return open_for_append(&folder, name, &file, error);
}

static void identify(void *context, struct cog_holder *out_holder)
{
    (void)context;
    cog_posix_holder_identify(out_holder);
}

static enum cog_holder_life ask_life(void *context, const struct cog_holder *holder)
{
    (void)context;
    return cog_posix_holder_ask_life(holder);
}

struct cog_storage cog_storage_posix(struct cog_storage_posix *storage)
{
    static const struct cog_storage_ops ops = {
        .append = append,
        .update = update,
        .read = read_whole,
        .list = list,
        .probe = probe,
        .identify = identify,
        .ask_life = ask_life,
    };
    return (struct cog_storage){.ops = &ops, .context = storage};
}
