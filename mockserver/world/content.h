/**
 * What an environment holds: numbered items of six kinds, each with a revision. It takes the room
 * that its items need, since thousands of them may be kept at once.
 */
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

/**
 * `{0}` is empty and safe to finish. Item n of a kind has the index n - 1; revision 0 means that
 * there is none. Behind the room of a kind there are none.
 */
struct mock_content {
    uint16_t *revisions;               /**< Owned: the room of the first kind, of the second, … */
    char *digest;                      /**< Behind those; "" until somebody asks for it. */
    uint16_t lengths[MOCK_KIND_COUNT]; /**< The room of each kind; at most MOCK_ITEMS_MAX. */
};

/** "intents", "entities", … in the order of `enum mock_kind`; ends with NULL. */
const char *const *mock_kind_names(void);

/**
 * Room without items.
 *
 * @param lengths at most MOCK_ITEMS_MAX each
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_content_init(const int lengths[MOCK_KIND_COUNT],
                                struct mock_content *out_content) COG_CHECK;

/**
 * Content as generated for a version: every third item changes with each version, the others never.
 *
 * @param counts at most MOCK_ITEMS_MAX each
 * @param version 1 to UINT16_MAX
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_content_generate(const int counts[MOCK_KIND_COUNT], int version,
                                    struct mock_content *out_content) COG_CHECK;

/** Each kind from a content of its own. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_content_compose(const struct mock_content *const parts[MOCK_KIND_COUNT],
                                   struct mock_content *out_content) COG_CHECK;

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_content_copy(const struct mock_content *content,
                                struct mock_content *out_content) COG_CHECK;

/** Makes room for every item that `other` has room for. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_content_reserve(struct mock_content *content,
                                   const struct mock_content *other) COG_CHECK;

void mock_content_finish(struct mock_content *content);

/** 0 for none. */
int mock_content_revision(const struct mock_content *content, enum mock_kind kind, int index);

/** @param index within the room of the kind */
void mock_content_set(struct mock_content *content, enum mock_kind kind, int index, int revision);

int mock_content_count(const struct mock_content *content, enum mock_kind kind);

/** In how many items the two differ. */
size_t mock_content_difference(const struct mock_content *left, const struct mock_content *right);

/**
 * `from`, with the first `count` of the items in which it differs made as in `to`. It takes no
 * memory: time has to pass without.
 *
 * @param inout_content with room for all of both; may be one of them
 */
void mock_content_blend(const struct mock_content *from, const struct mock_content *to,
                        size_t count, struct mock_content *inout_content);

/** Appends the canonical (RFC 8785) JSON form; it knows nothing of the environment. */
void mock_content_append_canonical(const struct mock_content *content, struct cog_text *text);

/** SHA-256 of the canonical form. @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
enum cog_code mock_content_digest(const struct mock_content *content,
                                  char out_digest[COG_DIGEST_SIZE]) COG_CHECK;

#endif
