/** The drills that are asked about: those of the catalogue, and those of the history. */
#ifndef SCN_DRILLS_ROLL_H
#define SCN_DRILLS_ROLL_H

#include "drill/catalogue.h"
#include "drill/history/history.h"

/** `{0}` is empty and safe to finish. */
struct scn_drills_roll {
    struct scn_drill_catalogue catalogue;
    struct scn_history history;
    const char **ids; /**< Of the catalogue, then those that only the history knows. Owned. */
    size_t count;
};
void scn_drills_roll_finish(struct scn_drills_roll *roll);

/** @param history_path as typed; NULL: the default @return as the catalogue, and the history */
enum cog_code scn_drills_roll_call(const char *history_path, struct scn_drills_roll *out_roll,
                                   struct cog_error *error) COG_CHECK;

/**
 * @param word an id, as it was typed
 * @param out_id borrowed from the roll
 * @return COG_OK, COG_ERROR_NOT_FOUND (with the nearest)
 */
enum cog_code scn_drills_roll_find(const struct scn_drills_roll *roll, const char *word,
                                   const char **out_id, struct cog_error *error) COG_CHECK;

#endif
