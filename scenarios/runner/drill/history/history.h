/**
 * The history of rehearsals: a file of JSON lines, each with its own checksum and that of the line
 * in front of it, so that none can be changed or taken out without its being seen. Lines that are
 * cut off at the end are seen by whoever kept the last one's `seq` and `checksum`.
 */
#ifndef SCN_HISTORY_H
#define SCN_HISTORY_H

#include <cogbase/digest.h>
#include <cogpromote/error.h>

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCN_HISTORY_REASON_SIZE = 256 };

/*
 * A line of a rehearsal: aborted (null, or why it was broken off), checksum, client (a foreign
 * one's command, or null), drill_digest, failed_check (also a condition, as "fail-if score.min <
 * 90"; or null), figures: {detect: {median, p95, target}, …}, held_at (RFC 3339), id, mode
 * ("automatic", "guided"), name, operator (or null), points, previous_checksum, report (the path of
 * its report, or null), seeds: {count, first}, seq, tool_version, verdict ("pass", "fail",
 * "inconclusive"); as the report of a drill has them
 */

/** A rehearsal that was held. Texts are borrowed from `json`. */
struct scn_history_entry {
    int64_t sequence;
    int64_t held_unix_ms;
    const char *id;
    const char *name;
    const char *mode;
    const char *verdict;
    int points;
    cJSON *json; /**< All of the line. Owned by the history. */
};

enum scn_history_state {
    SCN_HISTORY_EMPTY,  /**< There is no file, or nothing in it. */
    SCN_HISTORY_INTACT, /**< As it was written. */
    SCN_HISTORY_TORN,   /**< So too, but a crash cut the last line short. */
    SCN_HISTORY_BROKEN, /**< A line was changed, taken out or put in, or the file is no history. */
    SCN_HISTORY_CUT,    /**< Good as far as it goes, but the line that somebody kept is missing. */
    SCN_HISTORY_REWRITTEN, /**< Good in itself, but its line of that number is another one. */
};

/** A line whose number and checksum somebody kept: what is in front of it is as it was. */
struct scn_history_anchor {
    int64_t sequence;
    char checksum[COG_DIGEST_SIZE];
};

/** Reads "SEQ:CHECKSUM". @return COG_OK, COG_ERROR_ARGUMENT, COG_ERROR_MEMORY */
enum cog_code scn_history_anchor_parse(const char *text, struct scn_history_anchor *out_anchor,
                                       struct cog_error *error) COG_CHECK;

struct scn_history_inspection {
    enum scn_history_state state;
    size_t line_number; /**< Of what is torn, broken or another one, from 1 on; else 0. */
    char reason[SCN_HISTORY_REASON_SIZE]; /**< Of all but EMPTY and INTACT: "line 3 …". */
    size_t entry_count;                   /**< The rest is of what is in front of that. */
    size_t repair_count;
    int64_t head_sequence;               /**< Of the last good line; -1 for none. */
    char head_checksum[COG_DIGEST_SIZE]; /**< "" for none. */
};

/** "empty", "intact", "torn", "broken", "cut", "rewritten" */
const char *scn_history_state_name(enum scn_history_state state);

/** All rehearsals, oldest first. `{0}` is empty and safe to finish. */
struct scn_history {
    struct scn_history_entry *entries;
    size_t count;
};
void scn_history_finish(struct scn_history *history);

/** The last one of a drill. @param mode NULL: of any @return borrowed; NULL for none */
const struct scn_history_entry *scn_history_find_last(const struct scn_history *history,
                                                      const char *id, const char *mode);

/**
 * Reads the file to its end or to its first damage.
 *
 * @param anchor NULL: nobody kept any
 * @return COG_OK whatever it finds; COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_history_inspect(const char *path, const struct scn_history_anchor *anchor,
                                  struct scn_history_inspection *out_inspection,
                                  struct cog_error *error) COG_CHECK;

/**
 * Reads a file that is as it was written; what a crash cut short is no rehearsal.
 *
 * @return as above; COG_ERROR_SYNTAX: it is broken, where and what to do
 */
enum cog_code scn_history_read(const char *path, struct scn_history *out_history,
                               struct cog_error *error) COG_CHECK;

/** What is to be appended. */
struct scn_history_holding {
    const cJSON *report;     /**< Of one drill, as report/rehearsal_report.h has it. */
    const char *report_path; /**< Where it lies; NULL for nowhere. */
    int64_t held_unix_ms;
};

/**
 * Appends a line, durably and under a lock; makes the file, and repairs what a crash cut short. A
 * broken file is left as it is.
 *
 * @return COG_OK; COG_ERROR_SYNTAX: the file is broken, or the report is none; COG_ERROR_STORAGE,
 *         COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_history_append(const char *path, const struct scn_history_holding *holding,
                                 struct cog_error *error) COG_CHECK;

/**
 * What a report tells of earlier rehearsals of a drill: [{held_at, mode, verdict, points, recover,
 * p95}], oldest first. A file that does not exist tells of none.
 *
 * @param out_array owned by the caller, cJSON_Delete() it
 * @return as scn_history_read
 */
enum cog_code scn_history_trend(const char *path, const char *id, cJSON **out_array,
                                struct cog_error *error) COG_CHECK;

/** The same of a history that was read. @return COG_OK, COG_ERROR_MEMORY */
enum cog_code scn_history_trend_of(const struct scn_history *history, const char *id,
                                   cJSON **out_array, struct cog_error *error) COG_CHECK;

/** The members `median`, `p95`, `target` of a figure. @return borrowed; NULL where it has none */
const cJSON *scn_history_figure(const struct scn_history_entry *entry, const char *figure,
                                const char *member);

#endif
