/** What a script was read from, so that it can be read again with something changed. */
#ifndef MOCK_SCRIPT_SOURCE_H
#define MOCK_SCRIPT_SOURCE_H

#include <cogbase/document.h>
#include <cogmock/case.h>

enum { MOCK_SOURCE_PATCHES_MAX = 64 };

/** `{0}` is the default world, and safe to finish. All is owned. */
struct mock_source {
    char *title; /**< The scenario's name; NULL for none. */
    char *name;  /**< As in messages; NULL for the default world. */
    char *text;
    char *case_name; /**< NULL for none. */
    char **patches;
    size_t patch_count;
};

void mock_source_finish(struct mock_source *source);

/**
 * Copies all of it. Patches that a later one outdoes are left out.
 *
 * @param document NULL for the default world
 * @param chosen unread without a document
 * @param patches ends with NULL
 * @return COG_OK; COG_ERROR_REFUSED, too many patches are left; COG_ERROR_MEMORY
 */
enum cog_code mock_source_keep(struct mock_source *out_source, const struct cog_document *document,
                               const struct mock_case *chosen,
                               const struct cog_document *const *patches,
                               struct cog_error *error) COG_CHECK;

#endif
