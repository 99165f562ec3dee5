/** What the document_*.c files share: offsets in the text, before they become line and column. */
#ifndef COGBASE_DOCUMENT_PRIVATE_H
#define COGBASE_DOCUMENT_PRIVATE_H

#include <cogbase/document.h>

#include <stddef.h>

enum { COG_DOCUMENT_DEPTH_MAX = 64 };

/** What is wrong with a text, and where. */
struct cog_document_fault {
    size_t offset;
    char message[128];
};

/**
 * Puts spaces over comments, so that offsets stay.
 *
 * @return false for a block comment without an end
 */
bool cog_document_blank_comments(char *text, size_t length,
                                 struct cog_document_fault *out_fault) COG_CHECK;

/**
 * Whether a text is one JSON object and nothing else, as strictly as RFC 8259 has it (cJSON lets
 * much pass, and is vague about where it stopped). Duplicate keys are not looked for.
 */
bool cog_document_scan(const char *text, size_t length,
                       struct cog_document_fault *out_fault) COG_CHECK;

/** Where a member begins: its key, and its value; in arrays, and for the root, both are one. */
struct cog_document_place {
    size_t key_offset;
    size_t value_offset;
};
struct cog_document_place cog_document_find(const struct cog_document *document, const cJSON *node);

/** An error at a place. @return COG_ERROR_SYNTAX */
enum cog_code cog_document_fail_at(const struct cog_document *document, size_t offset,
                                   const char *message, struct cog_error *error);

#endif
