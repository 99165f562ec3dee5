/** A line of JSON that carries its own checksum: of a file whose lines must stay as written. */
#ifndef COGBASE_SEALED_LINE_H
#define COGBASE_SEALED_LINE_H

#include <cogbase/digest.h>
#include <cogbase/text.h>
#include <cogpromote/error.h>

#include <cjson/cJSON.h>
#include <stddef.h>

/**
 * Prints a record with `checksum`, the SHA-256 of its form without it. The record's members must be
 * in the order that RFC 8785 wants, at every depth: cJSON then prints what JCS prescribes, for
 * integers and decimals of at most four places.
 *
 * @param record gets its member `checksum`
 * @param out_line without a line feed, free() it
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_sealed_line_print(cJSON *record, char out_checksum[COG_DIGEST_SIZE],
                                    char **out_line, struct cog_error *error) COG_CHECK;

/**
 * Puts the seal into a record that was printed already, as above.
 *
 * @param offset behind the member that it follows
 * @return COG_OK, COG_ERROR_MEMORY (also when an append had failed before), COG_ERROR_INTERNAL
 */
enum cog_code cog_sealed_line_close(struct cog_text *text, size_t offset,
                                    struct cog_error *error) COG_CHECK;

/**
 * Reads a line and holds it against its checksum, byte for byte.
 *
 * @param out_record with all members; owned by the caller
 * @return COG_OK; COG_ERROR_SYNTAX: not an object, without a checksum, or not what that says;
 *         COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_sealed_line_parse(const char *line, size_t length, cJSON **out_record,
                                    char out_checksum[COG_DIGEST_SIZE],
                                    struct cog_error *error) COG_CHECK;

/** Where the line begins that ends at `end`, without its line feed. */
size_t cog_line_begin(const char *text, size_t end);

/** The number of the line that begins at `begin`, from 1 on. */
size_t cog_line_number(const char *text, size_t begin);

#endif
