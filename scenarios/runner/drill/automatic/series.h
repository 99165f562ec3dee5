/** A drill, rehearsed once a seed by the client alone. */
#ifndef SCN_DRILL_SERIES_H
#define SCN_DRILL_SERIES_H

#include "drill/automatic/statistics.h"
#include "drill/rehearsal.h"

/** How far it is; shown as it happens. */
struct scn_drill_series_progress {
    size_t done_count;
    size_t failed_count; /**< All that did not pass. */
};

/** Everything is borrowed. */
struct scn_drill_series_options {
    const struct scn_drill *drill;
    uint64_t first_seed;
    size_t seed_count;
    enum scn_transport transport;
    const struct scn_client *client; /**< A foreign one; NULL: ours. */
    size_t worker_count;             /**< At least 1. */
    int64_t stall_ms;                /**< Real time after which a run is ended; 0: never. */
    int interrupt_descriptor;        /**< When it can be read, all ends at once; -1 for none. */
    void (*show)(void *context,
                 const struct scn_drill_series_progress *progress); /**< NULL: nobody. */
    void *show_context;
    /** How one rehearsal is made; NULL: `scn_rehearsal_run`. */
    enum cog_code (*run)(const struct scn_drill *drill, const struct scn_rehearsal_options *options,
                         struct scn_rehearsal *out_rehearsal, struct cog_error *error);
};

/** `{0}` is empty and safe to finish. */
struct scn_drill_series {
    struct scn_rehearsal *items; /**< One a seed, in their order; owned. */
    size_t count;
    char *skip; /**< Why it is no drill for that client, and nothing was run; NULL: it is. Owned. */
};

/**
 * Runs it in other processes. A run that crashes there, or does not end, is inconclusive, and says
 * so in its findings. For the same options it is the same, whatever the number of processes; of a
 * foreign client, whose time is real, no two are alike.
 *
 * @return COG_OK whatever the verdicts; COG_ERROR_CANCELLED (interrupted), COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL
 */
enum cog_code scn_drill_series_run(const struct scn_drill_series_options *options,
                                   struct scn_drill_series *out_series,
                                   struct cog_error *error) COG_CHECK;

/**
 * Sees to it that one of the runs has its record: runs it again where it has none yet. One that
 * crashes again has none.
 *
 * @param options as it was run with
 * @return as above
 */
enum cog_code scn_drill_series_record(const struct scn_drill_series_options *options,
                                      struct scn_drill_series *inout_series, size_t index,
                                      struct cog_error *error) COG_CHECK;

/** A figure of all runs that have it, as reports have it. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_drill_series_figure(const struct scn_drill_series *series,
                                      enum scn_figure_id figure,
                                      struct scn_statistics *out_statistics,
                                      struct cog_error *error) COG_CHECK;

/** The points of all runs. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_drill_series_points(const struct scn_drill_series *series,
                                      struct scn_statistics *out_statistics,
                                      struct cog_error *error) COG_CHECK;

/** How many runs came to that, by their scores and by the rules. */
size_t scn_drill_series_count(const struct scn_drill_series *series, enum scn_result verdict);

void scn_drill_series_finish(struct scn_drill_series *series);

#endif
