#include "file.h"

#include "input.h"

#include <stdlib.h>
#include <string.h>

void fuzz_file_put(struct cog_storage_memory *storage, const char *name, char *bytes, size_t length)
{
    fuzz_expect(storage->file_count == 0, "the storage is empty");
    storage->files = malloc(sizeof *storage->files);
    char *copy = strdup(name);
    if (storage->files == NULL || copy == NULL || bytes == NULL) {
        fuzz_expect(false, "there is memory");
        return;
    }
    storage->files[0] = (struct cog_storage_memory_file){
        .name = copy,
        .length = length,
        .capacity = length + 1,
    };
    storage->files[0].bytes = bytes;
    storage->file_count = 1;
}
