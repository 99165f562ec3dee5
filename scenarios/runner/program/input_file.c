#include "program/input_file.h"

#include <cogbase/text.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { PIECE_SIZE = 64 << 10 };

static enum cog_code fail_reading(const char *path, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot read '%s': %s", path, strerror(errno));
}

static enum cog_code read_stream(FILE *stream, const char *path, size_t length_max,
                                 struct cog_text *text, struct cog_error *error)
{
    char piece[PIECE_SIZE];
    size_t length = 0;
    while ((length = fread(piece, 1, sizeof piece, stream)) > 0) {
        cog_text_append_bytes(text, piece, length);
        if (text->length > length_max) {
            return cog_error_set(error, COG_ERROR_SYNTAX, "'%s' is longer than %zu MiB", path,
                                 length_max >> 20);
        }
    }
    return ferror(stream) != 0 ? fail_reading(path, error) : COG_OK;
}

enum cog_code scn_input_file_read(const char *path, size_t length_max, char **out_text,
                                  size_t *out_length, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        return fail_reading(path, error);
    }
    enum cog_code code = read_stream(stream, path, length_max, &text, error);
    (void)fclose(stream);
    const size_t length = text.length;
    if (code == COG_OK) {
        code = cog_text_give(&text, out_text, error);
    }
    if (code == COG_OK) {
        *out_length = length;
    }
    return code;
}
