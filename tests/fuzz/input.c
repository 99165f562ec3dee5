#include "input.h"

#include <cogbase/utf8.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint8_t fuzz_byte_take(struct fuzz_input *input)
{
    if (input->length == 0) {
        return 0;
    }
    input->length--;
    return *input->bytes++;
}

/** The next `length` bytes, and a NUL. */
static char *bytes_copy(struct fuzz_input *input, size_t length)
{
    char *text = malloc(length + 1);
    fuzz_expect(text != NULL, "there is memory");
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)fuzz_byte_take(input);
    }
    text[length] = '\0';
    return text;
}

char *fuzz_text_take(struct fuzz_input *input, char end, size_t *out_length)
{
    const uint8_t *found = input->length > 0 ? memchr(input->bytes, end, input->length) : NULL;
    const size_t length = found != NULL ? (size_t)(found - input->bytes) : input->length;
    char *text = bytes_copy(input, length);
    if (found != NULL) {
        (void)fuzz_byte_take(input);
    }
    *out_length = length;
    return text;
}

char *fuzz_bytes_take(struct fuzz_input *input)
{
    return bytes_copy(input, input->length);
}

void fuzz_expect(bool is_kept, const char *promise)
{
    if (!is_kept) {
        (void)fprintf(stderr, "fuzz: this promise was not kept: %s\n", promise);
        abort();
    }
}

static void expect_shown(const char *text, size_t length, const char *promise)
{
    for (size_t i = 0; i < length;) {
        const size_t step = cog_utf8_shown_length(text + i, length - i);
        fuzz_expect(step > 0, promise);
        i += step;
    }
}

void fuzz_expect_plain(const char *text, const char *promise)
{
    expect_shown(text, strlen(text), promise);
}

void fuzz_expect_plain_lines(const char *text, const char *promise)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        expect_shown(text, length, promise);
        text += text[length] == '\n' ? length + 1 : length;
    }
}
