#include "crew/packing.h"

#include <string.h>

/* A missing text is not an empty one. */
static const uint64_t no_text = UINT64_MAX;

void scn_packing_append_number(struct cog_text *text, uint64_t number)
{
    cog_text_append_bytes(text, (const char *)&number, sizeof number);
}

void scn_packing_append_text(struct cog_text *text, const char *string)
{
    if (string == NULL) {
        scn_packing_append_number(text, no_text);
        return;
    }
    const size_t length = strlen(string);
    scn_packing_append_number(text, length);
    cog_text_append_bytes(text, string, length);
}

uint64_t scn_unpacking_number(struct scn_unpacking *unpacking)
{
    uint64_t number = 0;
    if (unpacking->code == COG_OK && unpacking->length < sizeof number) {
        unpacking->code = COG_ERROR_SYNTAX;
    }
    if (unpacking->code != COG_OK) {
        return 0;
    }
    memcpy(&number, unpacking->bytes, sizeof number);
    unpacking->bytes += sizeof number;
    unpacking->length -= sizeof number;
    return number;
}

uint64_t scn_unpacking_at_most(struct scn_unpacking *unpacking, uint64_t maximum)
{
    const uint64_t number = scn_unpacking_number(unpacking);
    if (number <= maximum) {
        return number;
    }
    unpacking->code = COG_ERROR_SYNTAX;
    return 0;
}

bool scn_unpacking_truth(struct scn_unpacking *unpacking)
{
    return scn_unpacking_at_most(unpacking, 1) == 1;
}

size_t scn_unpacking_count(struct scn_unpacking *unpacking)
{
    return (size_t)scn_unpacking_at_most(unpacking, unpacking->length / sizeof(uint64_t));
}

char *scn_unpacking_text(struct scn_unpacking *unpacking)
{
    const uint64_t length = scn_unpacking_number(unpacking);
    if (unpacking->code != COG_OK || length == no_text) {
        return NULL;
    }
    if (length > unpacking->length || memchr(unpacking->bytes, '\0', (size_t)length) != NULL) {
        unpacking->code = COG_ERROR_SYNTAX;
        return NULL;
    }
    char *copy = cog_string_clone(unpacking->bytes, (size_t)length);
    if (copy == NULL) {
        unpacking->code = COG_ERROR_MEMORY;
        return NULL;
    }
    unpacking->bytes += length;
    unpacking->length -= (size_t)length;
    return copy;
}

char *scn_unpacking_word(struct scn_unpacking *unpacking)
{
    char *word = scn_unpacking_text(unpacking);
    if (word == NULL && unpacking->code == COG_OK) {
        unpacking->code = COG_ERROR_SYNTAX;
    }
    return word;
}

void scn_unpacking_word_into(struct scn_unpacking *unpacking, char *buffer, size_t buffer_size)
{
    COG_CLEANUP(cog_string_finish) char *word = scn_unpacking_word(unpacking);
    if (word != NULL && !cog_string_copy(buffer, buffer_size, word)) {
        unpacking->code = COG_ERROR_SYNTAX;
    }
}

enum cog_code scn_unpacking_end(const struct scn_unpacking *unpacking, const char *what,
                                struct cog_error *error)
{
    if (unpacking->code == COG_ERROR_MEMORY) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    return unpacking->code == COG_OK && unpacking->length == 0
               ? COG_OK
               : cog_error_set(error, COG_ERROR_SYNTAX, "what came is no %s", what);
}
