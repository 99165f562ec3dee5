/** How far the target agrees with the source after a promotion. */
#ifndef PARITY_H
#define PARITY_H

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
void cog_parity_compute(const struct cog_metrics *source, const struct cog_metrics *target,
                        const struct cog_promotion_request *request, struct cog_parity *out_parity);

#endif
