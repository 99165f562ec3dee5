/* Without libFuzzer: each file that is named is one input. */
#include "input.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_SIZE_MAX = 4 << 20 };

static int fail(const char *path, const char *what)
{
    (void)fprintf(stderr, "replay: %s: %s\n", path, what);
    return EXIT_FAILURE;
}

static int replay(const char *path, uint8_t *buffer)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return fail(path, "cannot be opened");
    }
    const size_t length = fread(buffer, 1, FILE_SIZE_MAX, file);
    (void)fclose(file);
    /* Of its own size, so that AddressSanitizer sees who reads behind it. */
    uint8_t *bytes = malloc(length > 0 ? length : 1);
    if (bytes == NULL) {
        return fail(path, "out of memory");
    }
    for (size_t i = 0; i < length; i++) {
        bytes[i] = buffer[i];
    }
    (void)printf("# %s\n", path);
    (void)fflush(stdout);
    (void)LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return fail("usage", "replay FILE...");
    }
    uint8_t *buffer = malloc(FILE_SIZE_MAX);
    if (buffer == NULL) {
        return fail("start", "out of memory");
    }
    int exit_code = EXIT_SUCCESS;
    for (int i = 1; i < argc && exit_code == EXIT_SUCCESS; i++) {
        exit_code = replay(argv[i], buffer);
    }
    free(buffer);
    return exit_code;
}
