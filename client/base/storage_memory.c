#include <cogpromote/storage.h>

#include "storage_names.h"

#include <cogbase/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static enum cog_code fail_full(const char *what, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "%s: no space left on device", what);
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* Counts the operation, and says whether it is one that is to fail. */
static bool is_failing(struct cog_storage_memory *storage)
{
    storage->operation_count++;
    if (storage->fails) {
        return true;
    }
    if (storage->fails_from > 0 && storage->operation_count >= storage->fails_from) {
        return true;
    }
    return storage->operation_count == storage->fails_once_at;
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

static void file_remove(struct cog_storage_memory *storage, struct cog_storage_memory_file *file)
{
    free(file->name);
    free(file->bytes);
    *file = storage->files[--storage->file_count];
}

/* NULL for no memory. */
static struct cog_storage_memory_file *file_create(struct cog_storage_memory *storage,
                                                   const char *name)
{
    const size_t size = (storage->file_count + 1) * sizeof *storage->files;
    struct cog_storage_memory_file *files = realloc(storage->files, size);
    if (files == NULL) {
        return NULL;
    }
    storage->files = files;
    struct cog_storage_memory_file file = {
        .name = strdup(name), .bytes = calloc(1, 1), .capacity = 1};
    if (file.name == NULL || file.bytes == NULL) {
        free(file.name);
        free(file.bytes);
        return NULL;
    }
    storage->files[storage->file_count] = file;
    return &storage->files[storage->file_count++];
}

/* Doubles the room, so that a long file is not copied for each of its lines. */
static bool file_reserve(struct cog_storage_memory_file *file, size_t length)
{
    const size_t needed = file->length + length + 1;
    if (needed <= file->capacity) {
        return true;
    }
    const size_t capacity = needed < 2 * file->capacity ? 2 * file->capacity : needed;
    char *bytes = realloc(file->bytes, capacity);
    if (bytes == NULL) {
        return false;
    }
    file->bytes = bytes;
    file->capacity = capacity;
    return true;
}

static enum cog_code file_append(struct cog_storage_memory *storage, const char *name,
                                 const char *addition, size_t length, struct cog_error *error)
{
    struct cog_storage_memory_file *file = file_find(storage, name);
    if (file == NULL) {
        file = file_create(storage, name);
    }
    if (file == NULL || !file_reserve(file, length)) {
        return fail_memory(error);
    }
    memcpy(file->bytes + file->length, addition, length);
    file->length += length;
    file->bytes[file->length] = '\0';
    return COG_OK;
}

static enum cog_code compose(struct cog_storage_memory *storage, const char *name,
                             struct cog_storage_composer composer, char **out_text,
                             struct cog_error *error)
{
    const struct cog_storage_memory_file *file = file_find(storage, name);
    const char *bytes = file != NULL ? file->bytes : "";
    size_t length = file != NULL ? file->length : 0;
    if (composer.tail_length > 0 && composer.tail_length < length) {
        bytes += length - composer.tail_length;
        length = composer.tail_length;
    }
    return composer.compose(composer.context, bytes, length, out_text, error);
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct cog_storage_memory *storage = context;
    const bool fails = is_failing(storage);
    if (fails && !storage->tears) {
        return fail_full(name, error);
    }
    COG_CLEANUP(cog_string_finish) char *addition = NULL;
    enum cog_code code = compose(storage, name, composer, &addition, error);
    if (code != COG_OK) {
        return code;
    }
    assert(addition != NULL);
    const size_t length = strlen(addition);
    code = file_append(storage, name, addition, fails ? length / 2 : length, error);
    return code == COG_OK && fails ? fail_full(name, error) : code;
}

static enum cog_code file_replace(struct cog_storage_memory *storage, const char *name,
                                  const char *text, struct cog_error *error)
{
    struct cog_storage_memory_file *file = file_find(storage, name);
    if (text[0] == '\0') {
        if (file != NULL) {
            file_remove(storage, file);
        }
        return COG_OK;
    }
    if (file == NULL) {
        return file_append(storage, name, text, strlen(text), error);
    }
    char *bytes = strdup(text);
    if (bytes == NULL) {
        return fail_memory(error);
    }
    free(file->bytes);
    file->bytes = bytes;
    file->length = strlen(text);
    file->capacity = file->length + 1;
    return COG_OK;
}

static enum cog_code update(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct cog_storage_memory *storage = context;
    if (is_failing(storage)) {
        return fail_full(name, error);
    }
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    const enum cog_code code = compose(storage, name, composer, &text, error);
    if (code != COG_OK || text == NULL) {
        return code;
    }
    return file_replace(storage, name, text, error);
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    struct cog_storage_memory *storage = context;
    if (is_failing(storage)) {
        return fail_full(name, error);
    }
    const struct cog_storage_memory_file *file = file_find(storage, name);
    const size_t length = file != NULL ? file->length : 0;
    char *bytes = malloc(length + 1);
    if (bytes == NULL) {
        return fail_memory(error);
    }
    memcpy(bytes, file != NULL ? file->bytes : "", length + 1);
    *out_bytes = bytes;
    *out_length = length;
    return COG_OK;
}

static enum cog_code list(void *context, const char *folder, struct cog_storage_names *out_names,
                          struct cog_error *error)
{
    struct cog_storage_memory *storage = context;
    if (is_failing(storage)) {
        return fail_full(folder, error);
    }
    const size_t length = strlen(folder);
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    for (size_t i = 0; i < storage->file_count; i++) {
        const char *name = storage->files[i].name;
        if (strncmp(name, folder, length) != 0 || name[length] != '/') {
            continue;
        }
        const enum cog_code code =
            cog_storage_names_append(&names, folder, name + length + 1, error);
        if (code != COG_OK) {
            return code;
        }
    }
    cog_storage_names_sort(&names);
    *out_names = names;
    names = (struct cog_storage_names){0};
    return COG_OK;
}

static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    return is_failing(context) ? fail_full(name, error) : COG_OK;
}

static void identify(void *context, struct cog_holder *out_holder)
{
    const struct cog_storage_memory *storage = context;
    *out_holder = storage->self;
}

static enum cog_holder_life ask_life(void *context, const struct cog_holder *holder)
{
    const struct cog_storage_memory *storage = context;
    if (strcmp(holder->host, storage->self.host) != 0) {
        return COG_HOLDER_ELSEWHERE;
    }
    if (cog_holder_is_same(holder, &storage->self)) {
        return COG_HOLDER_ALIVE;
    }
    for (size_t i = 0; i < storage->living_count; i++) {
        if (cog_holder_is_same(holder, &storage->living[i])) {
            return COG_HOLDER_ALIVE;
        }
    }
    return COG_HOLDER_DEAD;
}

struct cog_storage cog_storage_memory(struct cog_storage_memory *storage)
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

void cog_storage_memory_finish(struct cog_storage_memory *storage)
{
    for (size_t i = 0; i < storage->file_count; i++) {
        free(storage->files[i].name);
        free(storage->files[i].bytes);
    }
    free(storage->files);
    *storage = (struct cog_storage_memory){0};
}
