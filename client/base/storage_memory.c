#include <cogpromote/storage.h>

#include <cogbase/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static enum cog_code fail_full(const char *what, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "%s: no space left on device", what);
}

static struct cog_storage_memory_file *file_find(struct cog_storage_memory *storage,
                                                 const char *name)
{
    for (size_t i = 0; i < storage->file_count; i++) {
        if (strcmp(storage->files[i].name, name) == 0) {
            return &storage->files[i];
        }
    }
    return NULL;
}

/* NULL for no memory. */
static struct cog_storage_memory_file *file_create(struct cog_storage_memory *storage,
                                                   const char *name)
{
    struct cog_storage_memory_file file = {.name = strdup(name), .bytes = calloc(1, 1)};
    if (file.name == NULL || file.bytes == NULL) {
        free(file.name);
        free(file.bytes);
        return NULL;
    }
    storage->files[storage->file_count] = file;
    return &storage->files[storage->file_count++];
}

static enum cog_code file_append(struct cog_storage_memory_file *file, const char *addition,
                                 struct cog_error *error)
{
    const size_t length = strlen(addition);
    char *bytes = realloc(file->bytes, file->length + length + 1);
    if (bytes == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    memcpy(bytes + file->length, addition, length + 1);
    file->bytes = bytes;
    file->length += length;
    return COG_OK;
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct cog_storage_memory *storage = context;
    if (storage->fails) {
        return fail_full(name, error);
    }
    struct cog_storage_memory_file *file = file_find(storage, name);
    COG_CLEANUP(cog_string_finish) char *addition = NULL;
    const enum cog_code code = composer.compose(composer.context, file != NULL ? file->bytes : "",
                                                file != NULL ? file->length : 0, &addition, error);
    if (code != COG_OK) {
        return code;
    }
    assert(addition != NULL);
    if (file == NULL && storage->file_count == COG_STORAGE_MEMORY_FILES_MAX) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot create '%s': more than %d files",
                             name, COG_STORAGE_MEMORY_FILES_MAX);
    }
    if (file == NULL) {
        file = file_create(storage, name);
    }
    if (file == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    return file_append(file, addition, error);
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    struct cog_storage_memory *storage = context;
    if (storage->fails) {
        return fail_full(name, error);
    }
    const struct cog_storage_memory_file *file = file_find(storage, name);
    const size_t length = file != NULL ? file->length : 0;
    char *bytes = malloc(length + 1);
    if (bytes == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    memcpy(bytes, file != NULL ? file->bytes : "", length + 1);
    *out_bytes = bytes;
    *out_length = length;
    return COG_OK;
}

static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    const struct cog_storage_memory *storage = context;
    return storage->fails ? fail_full(name, error) : COG_OK;
}

struct cog_storage cog_storage_memory(struct cog_storage_memory *storage)
{
    static const struct cog_storage_ops ops = {
        .append = append,
        .read = read_whole,
        .probe = probe,
    };
    return (struct cog_storage){.ops = &ops, .context = storage};
}

void cog_storage_memory_finish(struct cog_storage_memory *storage)
{
    for (size_t i = 0; i < storage->file_count; i++) {
        free(storage->files[i].name);
        free(storage->files[i].bytes);
    }
    *storage = (struct cog_storage_memory){0};
}
