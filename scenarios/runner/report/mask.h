/** Texts of a run as they may be shown: without its secrets and accidents, and not too long. */
#ifndef SCN_MASK_H
#define SCN_MASK_H

#include "judge/facts.h"

#include <cogbase/text.h>

/** Longer texts are cut, and say so. */
enum { SCN_MASK_LENGTH_MAX = 16 << 10 };

/** `{0}` masks nothing and is safe to finish. */
struct scn_mask {
    char **words; /**< What must not be shown; owned. */
    size_t count;
    char *host; /**< Where the fake listened; owned; NULL for none. */
};

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_mask_init(struct scn_mask *mask, const struct scn_facts *facts) COG_CHECK;

/** "***" stands for each secret. @return owned by the caller, free(); NULL without memory */
char *scn_mask_apply(const struct scn_mask *mask, const char *string);

void scn_mask_finish(struct scn_mask *mask);

#endif
