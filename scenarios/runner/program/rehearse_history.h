/** What rehearsals without people have to do with the history: nothing, unless somebody says so. */
#ifndef SCN_REHEARSE_HISTORY_H
#define SCN_REHEARSE_HISTORY_H

#include "program/rehearse_arguments.h"

#include <cjson/cJSON.h>

/** `{0}` has none, and is safe to finish. */
struct scn_rehearse_history {
    char *path;   /**< NULL: it is neither read nor written. Owned. */
    bool records; /**< It is written. */
};

/**
 * Finds and reads it, so that nothing is rehearsed for a history that is broken.
 *
 * @return COG_OK; COG_ERROR_SYNTAX (it is broken), COG_ERROR_CONFIGURATION (nobody knows where it
 *         is), COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_rehearse_history_open(const struct scn_rehearse_arguments *arguments,
                                        struct scn_rehearse_history *out_history,
                                        struct cog_error *error) COG_CHECK;

/**
 * What it tells of a drill.
 *
 * @param out_trend owned by the caller; NULL where there is no history
 * @return as `scn_history_trend`
 */
enum cog_code scn_rehearse_history_trend(const struct scn_rehearse_history *history, const char *id,
                                         cJSON **out_trend, struct cog_error *error) COG_CHECK;

/**
 * Adds a report, held now, where it is to be written.
 *
 * @param report_path where the report lies; NULL for nowhere
 * @return as `scn_history_append`
 */
enum cog_code scn_rehearse_history_append(const struct scn_rehearse_history *history,
                                          const cJSON *report, const char *report_path,
                                          struct cog_error *error) COG_CHECK;

void scn_rehearse_history_finish(struct scn_rehearse_history *history);

#endif
