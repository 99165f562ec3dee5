/** A part of a series, of one scenario: the points that one worker tries, one after the other. */
#ifndef SCN_STRETCH_H
#define SCN_STRETCH_H

#include "torture/ordeal.h"
#include "torture/toll.h"

struct scn_stretch {
    const struct scn_scenario *scenario; /**< Borrowed. */
    struct scn_point first;
    struct scn_point end; /**< Not tried any more, nor what follows; `{0}`: all that is reached. */
    int stride;           /**< From one place to the next; 0: there is only the first. */
    int again_stride;     /**< The same, of the second death. */
};

/**
 * The next point.
 *
 * @param was_reached whether the run came as far as the point before
 * @return false when there is none
 */
bool scn_stretch_next(const struct scn_stretch *stretch, bool was_reached,
                      struct scn_point *inout_point);

/** What trying it takes; everything is borrowed. */
struct scn_stretch_options {
    uint64_t seed;
    const char *folder; /**< For a client's state; nobody else's meanwhile. */
    bool wants_record;  /**< Of the first point that did not pass. */
    /** How one point is tried; NULL: `scn_ordeal_run`. */
    void (*try_point)(const struct scn_torment *torment, const struct scn_point *point,
                      const char *folder, bool wants_record, struct scn_ordeal *out_ordeal);
    /** Told before each point is tried; NULL for nobody. */
    void (*note)(void *context, const struct scn_point *point);
    void *note_context;
};

/** Tries all of its points. @param toll empty; where it ends for want of memory it has failed */
void scn_stretch_run(const struct scn_stretch *stretch, const struct scn_stretch_options *options,
                     struct scn_toll *toll);

#endif
