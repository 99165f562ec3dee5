/** The variants of a scenario file: one file, many runs, which differ in a few members. */
#ifndef SCN_VARIANT_H
#define SCN_VARIANT_H

#include <cogbase/document.h>

enum {
    SCN_VARIANTS_MAX = 200,
    SCN_VARIANT_NAME_LENGTH_MAX = 64,
};

/**
 * Whether the member `variants`, if it is there, is an object of one or more variants with right
 * names and members.
 *
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code scn_variants_check(const struct cog_document *document,
                                 struct cog_error *error) COG_CHECK;

/** How many there are; 0 for a scenario without. */
size_t scn_variant_count(const struct cog_document *document);

/** Borrowed from the document; its `string` is the name. NULL from the first index behind the last
 * on. */
const cJSON *scn_variant_at(const struct cog_document *document, size_t index);

#endif
