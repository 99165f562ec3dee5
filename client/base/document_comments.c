#include "document_private.h"

#include <string.h>

/* The offset behind the string that begins at `offset`; the end when it is not closed. */
static size_t skip_string(const char *text, size_t length, size_t offset)
{
    for (offset++; offset < length && text[offset] != '"' && text[offset] != '\n'; offset++) {
        if (text[offset] == '\\') {
            offset++;
        }
    }
    return offset < length ? offset + 1 : length;
}

static size_t blank_line(char *text, size_t length, size_t offset)
{
    for (; offset < length && text[offset] != '\n'; offset++) {
        text[offset] = ' ';
    }
    return offset;
}

/* Returns the offset behind the comment, 0 when it has no end. */
static size_t blank_block(char *text, size_t length, size_t offset)
{
    size_t end = offset + 2;
    while (end + 1 < length && memcmp(text + end, "*/", 2) != 0) {
        end++;
    }
    if (end + 1 >= length) {
        return 0;
    }
    for (; offset < end + 2; offset++) {
        if (text[offset] != '\n') {
            text[offset] = ' ';
        }
    }
    return offset;
}

bool cog_document_blank_comments(char *text, size_t length, struct cog_document_fault *out_fault)
{
    size_t offset = 0;
    while (offset < length) {
        const bool is_pair = offset + 1 < length && text[offset] == '/';
        if (text[offset] == '"') {
            offset = skip_string(text, length, offset);
        } else if (is_pair && text[offset + 1] == '/') {
            offset = blank_line(text, length, offset);
        } else if (is_pair && text[offset + 1] == '*') {
            const size_t end = blank_block(text, length, offset);
            if (end == 0) {
                *out_fault = (struct cog_document_fault){offset, "unterminated comment"};
                return false;
            }
            offset = end;
        } else {
            offset++;
        }
    }
    return true;
}
