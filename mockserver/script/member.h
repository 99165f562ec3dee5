/** Reading the kinds of members that the scenario language has in several places. */
#ifndef MOCK_SCRIPT_MEMBER_H
#define MOCK_SCRIPT_MEMBER_H

#include "world/setup.h"

#include <cogbase/document.h>

/** Limits of a text in a scenario; both count bytes. */
struct mock_member_buffer {
    char *bytes;
    size_t size;
};

/** An optional string, not empty, copied into a buffer. */
enum cog_code mock_member_text(const struct cog_document *document, const cJSON *object,
                               const char *key, struct mock_member_buffer buffer,
                               struct cog_error *error) COG_CHECK;

/** A required duration that is not before `minimum_ms`: the time of a timeline's entry. */
enum cog_code mock_member_at(const struct cog_document *document, const cJSON *object,
                             int64_t minimum_ms, int64_t *out_ms,
                             struct cog_error *error) COG_CHECK;

/** A duration that is an element of an array. */
enum cog_code mock_member_duration(const struct cog_document *document, const cJSON *node,
                                   int64_t *out_ms, struct cog_error *error) COG_CHECK;

/** Which of `words` (ends with NULL) an element of an array is. */
enum cog_code mock_member_word(const struct cog_document *document, const cJSON *node,
                               const char *const *words, int *out_index,
                               struct cog_error *error) COG_CHECK;

/** Refuses an array that has more than `maximum` elements. */
enum cog_code mock_member_check_count(const struct cog_document *document, const cJSON *array,
                                      int maximum, struct cog_error *error) COG_CHECK;

/** What the entries of a level timeline call their number, and its limits. */
struct mock_level_form {
    const char *key;
    struct cog_document_range range;
};

/** `[{"at": "0s", "<key>": 3}, …]`, which replaces the level. */
enum cog_code mock_member_level(const struct cog_document *document, const cJSON *array,
                                const struct mock_level_form *form, struct mock_level *inout_level,
                                struct cog_error *error) COG_CHECK;

#endif
