/** What an environment holds: numbered items of six kinds, each with a revision. A plain value. */
#ifndef MOCK_WORLD_CONTENT_H
#define MOCK_WORLD_CONTENT_H

#include <cogbase/digest.h>
#include <cogbase/text.h>

#include <stddef.h>
#include <stdint.h>

/** In the order in which a promotion copies them. */
enum mock_kind {
    MOCK_KIND_INTENT,
    MOCK_KIND_ENTITY,
    MOCK_KIND_FLOW,
    MOCK_KIND_WEBHOOK,
    MOCK_KIND_INTEGRATION,
    MOCK_KIND_VARIABLE,
};

enum {
    MOCK_KIND_COUNT = 6,
    MOCK_ITEMS_MAX = 500, /**< Of one kind. */
};

/** `{0}` is empty. Item n of a kind has its revision at index n - 1; revision 0 means none. */
struct mock_content {
    uint16_t revisions[MOCK_KIND_COUNT][MOCK_ITEMS_MAX];
};

/** "intents", "entities", … in the order of `enum mock_kind`; ends with NULL. */
const char *const *mock_kind_names(void);

/**
 * Content as generated for a version: every third item changes with each version, the others never.
 *
 * @param counts at most MOCK_ITEMS_MAX each
 * @param version 1 to UINT16_MAX
 */
struct mock_content mock_content_generate(const int counts[MOCK_KIND_COUNT], int version);

int mock_content_count(const struct mock_content *content, enum mock_kind kind);

/** In how many items the two differ. */
size_t mock_content_difference(const struct mock_content *left, const struct mock_content *right);

/** `from`, with the first `count` of the items in which it differs made as in `to`. */
struct mock_content mock_content_blend(const struct mock_content *from,
                                       const struct mock_content *to, size_t count);

/** Appends the canonical (RFC 8785) JSON form; it knows nothing of the environment. */
void mock_content_append_canonical(const struct mock_content *content, struct cog_text *text);

/** SHA-256 of the canonical form. @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
enum cog_code mock_content_digest(const struct mock_content *content,
                                  char out_digest[COG_DIGEST_SIZE]) COG_CHECK;

#endif
