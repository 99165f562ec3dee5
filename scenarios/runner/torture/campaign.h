/** Many scenarios, tortured in many ways, at every point. */
#ifndef SCN_CAMPAIGN_H
#define SCN_CAMPAIGN_H

#include "language/suite.h"
#include "torture/stretch.h"

#include <stdio.h>

/** One scenario and one series. Everything is borrowed. */
struct scn_campaign_line {
    size_t number; /**< From 1. */
    const struct scn_suite_entry *entry;
    const struct scn_series *series;
    const char *skip_reason; /**< Why it was not tried, or not to its end; NULL: it was. */
    struct scn_toll toll;
};

/** Everything is borrowed. */
struct scn_campaign_options {
    const struct scn_suite *suite; /**< Without entries that are wrong. */
    bool kinds[SCN_TORTURE_KIND_COUNT];
    const struct scn_point *only; /**< Nothing but this; NULL: all of those kinds. */
    int step;                     /**< Every so many points are tried; at least 1. */
    uint64_t seed;
    size_t worker_count;       /**< 0: as many as there are processors. */
    int64_t stall_ms;          /**< Real time that a part of a series may take; 0: any. */
    int interrupt_descriptor;  /**< When it can be read, all ends; -1 for none. */
    const char *folder_parent; /**< Where clients may keep their state; NULL or "": /tmp. */
    FILE *progress;            /**< A terminal; NULL for none. */
    /** As in `struct scn_stretch_options`. */
    void (*try_point)(const struct scn_torment *torment, const struct scn_point *point,
                      const char *folder, bool wants_record, struct scn_ordeal *out_ordeal);
    /** Told of each line once it is known, in their order. */
    void (*hear)(void *context, const struct scn_campaign_line *line);
    void *hear_context;
};

/** How many lines there will be. */
size_t scn_campaign_count(const struct scn_campaign_options *options);

/**
 * Tries everything, in processes of their own: a client that crashes costs the point at which it
 * did.
 *
 * @return COG_OK, whatever was found; COG_ERROR_CANCELLED, with all told that is known;
 *         COG_ERROR_STORAGE (no folder), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_campaign_run(const struct scn_campaign_options *options,
                               struct cog_error *error) COG_CHECK;

#endif
