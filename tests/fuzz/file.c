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
    storage->files[0].name = copy;
    storage->files[0].bytes = bytes;
    storage->files[0].length = length;
    storage->file_count = 1;
}
