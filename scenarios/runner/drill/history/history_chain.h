/** A history's bytes, read line by line: what is in it, and where it is not as it was written. */
#ifndef SCN_HISTORY_CHAIN_H
#define SCN_HISTORY_CHAIN_H

#include "drill/history/history_record.h"

/** Lines that were cut short: nearly always one; more when a repair was cut short as well. */
struct scn_history_tear {
    const char *bytes; /**< Without the last one's line feed; NULL for none. Borrowed. */
    size_t length;
    size_t line_number; /**< Of the first. */
};

/** `{0}` is empty and safe to finish. */
struct scn_history_chain {
    struct scn_history history; /**< The rehearsals in front of any damage. */
    struct scn_history_inspection inspection;
    struct scn_history_link head; /**< The last good line. */
    struct scn_history_tear tear; /**< At the end. */
    bool is_open;                 /**< The last line has no line feed. */
};
void scn_history_chain_finish(struct scn_history_chain *chain);

/**
 * Reads up to the first damage.
 *
 * @param anchor NULL: nobody kept any
 * @return COG_OK whatever it finds; COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_history_chain_read(const char *text, size_t length,
                                     const struct scn_history_anchor *anchor,
                                     struct scn_history_chain *out_chain,
                                     struct cog_error *error) COG_CHECK;

/**
 * A repair's reason: which line, how many bytes, and their SHA-256, so that what was cut short
 * cannot be changed later either.
 *
 * @return COG_OK or COG_ERROR_INTERNAL
 */
enum cog_code scn_history_tear_describe(const struct scn_history_tear *tear,
                                        char out_reason[SCN_HISTORY_REASON_SIZE],
                                        struct cog_error *error) COG_CHECK;

#endif
