/** How far the target agrees with the source after a promotion. */
#ifndef COGPROMOTE_PARITY_H
#define COGPROMOTE_PARITY_H

#include <cogpromote/platform.h>

/** What was compared, and how much of it agreed. */
struct cog_parity {
    bool is_measured; /**< False where the platform measures neither environment. */
    double score;     /**< The share of items that agree, rounded to four decimals. */
    char differences[COG_REASON_SIZE]; /**< "intents 12 and 10, …"; empty for none. */
};

/**
 * Compares counts by kind, the newest versions, and the content digests. What the promotion was
 * told not to copy does not count; the digests, which cover everything, count only when it was
 * told to copy everything.
 */
COG_API void cog_parity_compute(const struct cog_metrics *source, const struct cog_metrics *target,
                                const struct cog_promotion_request *request,
                                struct cog_parity *out_parity);

/** What was compared. */
struct cog_parity_sides {
    struct cog_metrics source;
    struct cog_metrics target;
};

/** One kind of what is counted, of both. */
struct cog_parity_kind {
    const char *name; /**< "intents", …; static. */
    int64_t source;
    int64_t target;
};
enum { COG_PARITY_KIND_COUNT = 6 };

/** Every kind, whatever a promotion was told to copy. */
COG_API void cog_parity_kinds(const struct cog_parity_sides *sides,
                              struct cog_parity_kind out_kinds[COG_PARITY_KIND_COUNT]);

/** Measures both environments of `request`, and compares them as it says. @return as `measure` */
COG_API enum cog_code
cog_parity_measure(struct cog_platform platform, const struct cog_promotion_request *request,
                   struct cog_limits limits, struct cog_parity_sides *out_sides,
                   struct cog_parity *out_parity, struct cog_error *error) COG_CHECK;

#endif
