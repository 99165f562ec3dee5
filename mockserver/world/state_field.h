/** Members of a saved state that are fields of a struct: one table writes them and reads them. */
#ifndef MOCK_WORLD_STATE_FIELD_H
#define MOCK_WORLD_STATE_FIELD_H

#include <cogbase/document.h>

#include <stdbool.h>

/** As far as a double counts in ones. */
#define MOCK_STATE_INTEGER_MAX (INT64_C(1) << 53)

enum mock_state_type {
    MOCK_STATE_INT,
    MOCK_STATE_INT64,
    MOCK_STATE_SIZE,
    MOCK_STATE_BOOL,
    MOCK_STATE_TEXT, /**< A buffer; its range is the length's, in bytes. */
    MOCK_STATE_WORD, /**< An enum. */
};

struct mock_state_field {
    const char *key;
    enum mock_state_type type;
    size_t offset;
    struct cog_document_range range;   /**< Both are included. */
    const char *const *(*words)(void); /**< Of a WORD, in the order of its enum; ends with NULL. */
};

/** @param fields ends with a key of NULL @return false for no memory */
bool mock_state_fields_write(const struct mock_state_field *fields, const void *record,
                             cJSON *object) COG_CHECK;

/** Each of them is required. */
enum cog_code mock_state_fields_read(const struct cog_document *document, const cJSON *object,
                                     const struct mock_state_field *fields, void *record,
                                     struct cog_error *error) COG_CHECK;

/** Refuses what is neither a field nor in `others` (ends with NULL). */
enum cog_code mock_state_check_keys(const struct cog_document *document, const cJSON *object,
                                    const struct mock_state_field *fields,
                                    const char *const *others, struct cog_error *error) COG_CHECK;

#endif
