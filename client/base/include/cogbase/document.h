/**
 * A JSON file written by a person: with comments, and with the place (line and column) of each of
 * its values, so that every complaint says where. Decoding is strict: unknown keys are errors.
 */
#ifndef COGBASE_DOCUMENT_H
#define COGBASE_DOCUMENT_H

#include <cogpromote/error.h>

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdint.h>

enum { COG_DOCUMENT_LENGTH_MAX = 1 << 20 };

struct cog_document {
    char *name; /**< As shown in messages: the file's path. Owned. */
    char *text; /**< As in the file, with comments blanked out. Owned. */
    size_t length;
    cJSON *root; /**< Owned; an object. */
};

/**
 * Parses text with `//` and block comments. Duplicate keys in one object are an error.
 *
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: expected …"), COG_ERROR_MEMORY
 */
enum cog_code cog_document_parse(const char *name, const char *text, size_t length,
                                 struct cog_document *out_document,
                                 struct cog_error *error) COG_CHECK;

/** Reads and parses a file. @return as above, or COG_ERROR_STORAGE when it cannot be read */
enum cog_code cog_document_read(const char *path, struct cog_document *out_document,
                                struct cog_error *error) COG_CHECK;

void cog_document_finish(struct cog_document *document);

/** Where `node`, of this document, begins; both count from 1, the column in bytes. */
void cog_document_locate(const struct cog_document *document, const cJSON *node, int *out_line,
                         int *out_column);

/**
 * An error at a node: "file:line:column: text".
 *
 * @return COG_ERROR_SYNTAX
 */
enum cog_code cog_document_fail(const struct cog_document *document, const cJSON *node,
                                struct cog_error *error, const char *format, ...) COG_PRINTF(4, 5);

/**
 * Refuses keys that are not in `keys` (ends with NULL), with the nearest known one.
 *
 * @param object must be an object, else this is the error
 */
enum cog_code cog_document_check_keys(const struct cog_document *document, const cJSON *object,
                                      const char *const *keys, struct cog_error *error) COG_CHECK;

/*
 * Optional members: absent leaves the output as it is, another type is an error. `null` is another
 * type. A required member is one that the caller checked with `cog_document_require`.
 */

/** The member, which must be there. @return COG_OK, or COG_ERROR_SYNTAX at the object */
enum cog_code cog_document_require(const struct cog_document *document, const cJSON *object,
                                   const char *key, const cJSON **out_node,
                                   struct cog_error *error) COG_CHECK;

/** Borrows the string from the document. */
enum cog_code cog_document_string(const struct cog_document *document, const cJSON *object,
                                  const char *key, const char **inout_string,
                                  struct cog_error *error) COG_CHECK;

enum cog_code cog_document_duration(const struct cog_document *document, const cJSON *object,
                                    const char *key, int64_t *inout_ms,
                                    struct cog_error *error) COG_CHECK;

/** Both limits are included. */
struct cog_document_range {
    int64_t minimum;
    int64_t maximum;
};
enum cog_code cog_document_integer(const struct cog_document *document, const cJSON *object,
                                   const char *key, struct cog_document_range range,
                                   int64_t *inout_integer, struct cog_error *error) COG_CHECK;

enum cog_code cog_document_number(const struct cog_document *document, const cJSON *object,
                                  const char *key, double *inout_number,
                                  struct cog_error *error) COG_CHECK;

enum cog_code cog_document_boolean(const struct cog_document *document, const cJSON *object,
                                   const char *key, bool *inout_boolean,
                                   struct cog_error *error) COG_CHECK;

/** The member as an object or array of that key; absent leaves `inout_node` as it is. */
enum cog_code cog_document_object(const struct cog_document *document, const cJSON *object,
                                  const char *key, const cJSON **inout_node,
                                  struct cog_error *error) COG_CHECK;
enum cog_code cog_document_array(const struct cog_document *document, const cJSON *object,
                                 const char *key, const cJSON **inout_node,
                                 struct cog_error *error) COG_CHECK;

/** Position in an array of words (ends with NULL) of a string member: an enumeration. */
enum cog_code cog_document_word(const struct cog_document *document, const cJSON *object,
                                const char *key, const char *const *words, int *inout_index,
                                struct cog_error *error) COG_CHECK;

#endif
