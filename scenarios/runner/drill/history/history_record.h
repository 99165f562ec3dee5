/** The lines of a history: what each kind holds, canonical and sealed. */
#ifndef SCN_HISTORY_RECORD_H
#define SCN_HISTORY_RECORD_H

#include "drill/history/history.h"

#include <cogbase/digest.h>

/** A line as the next one sees it. */
struct scn_history_link {
    int64_t sequence; /**< -1 where there is no line: the next one is the first. */
    char checksum[COG_DIGEST_SIZE];
};

enum scn_history_kind {
    SCN_HISTORY_GENESIS, /**< With which a file begins. */
    SCN_HISTORY_REPAIR,  /**< Behind a line that a crash cut short; in an empty file's place too. */
    SCN_HISTORY_HELD,    /**< A rehearsal. */
};

/** In front of a file's first line: sequence -1, 64 zeros. */
struct scn_history_link scn_history_link_none(void);

/** Whether a line that is no record may be the beginning of one. */
bool scn_history_record_is_cut(const char *line, size_t length);

/**
 * Each prints one line and says what the next is to be chained to.
 *
 * @param inout_link the line before; becomes this one on COG_OK
 * @param out_line without a line feed, free() it
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_history_record_print_genesis(int64_t unix_ms, struct scn_history_link *inout_link,
                                               char **out_line, struct cog_error *error) COG_CHECK;
enum cog_code scn_history_record_print_repair(int64_t unix_ms, const char *reason,
                                              struct scn_history_link *inout_link, char **out_line,
                                              struct cog_error *error) COG_CHECK;

/** @return as above; COG_ERROR_SYNTAX: it is no report */
enum cog_code scn_history_record_print_held(const struct scn_history_holding *holding,
                                            struct scn_history_link *inout_link, char **out_line,
                                            struct cog_error *error) COG_CHECK;

/** A line that was read. `{0}` is empty and safe to finish. */
struct scn_history_record {
    enum scn_history_kind kind;
    struct scn_history_link link;
    char previous[COG_DIGEST_SIZE];
    const char *reason;             /**< Of a repair. */
    struct scn_history_entry entry; /**< Of a rehearsal; its `json` is the record's, of any kind. */
};
void scn_history_record_finish(struct scn_history_record *record);

/** @return COG_OK; COG_ERROR_SYNTAX: it is no such line; COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
enum cog_code scn_history_record_parse(const char *line, size_t length,
                                       struct scn_history_record *out_record,
                                       struct cog_error *error) COG_CHECK;

#endif
