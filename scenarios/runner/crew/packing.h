/** Numbers and texts as bytes: from one process of a program to another one of the same. */
#ifndef SCN_PACKING_H
#define SCN_PACKING_H

#include <cogbase/text.h>
#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void scn_packing_append_number(struct cog_text *text, uint64_t number);

/** @param string NULL is not the same as an empty one */
void scn_packing_append_text(struct cog_text *text, const char *string);

/**
 * What is left of the bytes. The first thing that is wrong is remembered; the rest reads as zero.
 * Set the first two.
 */
struct scn_unpacking {
    const char *bytes;
    size_t length;
    enum cog_code code; /**< COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY. */
};

uint64_t scn_unpacking_number(struct scn_unpacking *unpacking);

/** A larger one is wrong. */
uint64_t scn_unpacking_at_most(struct scn_unpacking *unpacking, uint64_t maximum);

bool scn_unpacking_truth(struct scn_unpacking *unpacking);

/** How many of something that takes a number each at least: no count is worth an overflow. */
size_t scn_unpacking_count(struct scn_unpacking *unpacking);

/** @return owned by the caller; NULL for a missing text, and for one that cannot be read */
char *scn_unpacking_text(struct scn_unpacking *unpacking);

/** A text that has to be there. */
char *scn_unpacking_word(struct scn_unpacking *unpacking);

/** A text that has to be there and to fit. */
void scn_unpacking_word_into(struct scn_unpacking *unpacking, char *buffer, size_t buffer_size);

/**
 * Whether all was good, and nothing is left.
 *
 * @param what the bytes should have been: "outcome"
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code scn_unpacking_end(const struct scn_unpacking *unpacking, const char *what,
                                struct cog_error *error) COG_CHECK;

#endif
