/** The audit file: one canonical line for each ending of a run, chained to the one before. */
#ifndef COGPROMOTE_AUDIT_H
#define COGPROMOTE_AUDIT_H

#include <cogpromote/report.h>
#include <cogpromote/storage.h>

#define COG_AUDIT_FILE "audit.jsonl"

/** What a record is made of. Every pointer is borrowed. */
struct cog_audit_entry {
    const char *actor;
    const struct cog_report *report;
    int ending_count; /**< How often this run has ended, this time included: from 1 on. */
};

/** What became of it. */
struct cog_audit_result {
    bool is_written;
    int64_t sequence;
    char checksum[COG_CHECKSUM_SIZE]; /**< The chain's head from now on. */
    char *line; /**< The record without its line feed; owned, NULL when none could be made. */
};

/**
 * Appends a record. Each is an RFC 8785 (JCS) object; `checksum` is the SHA-256 of that form
 * without `checksum`, `previous_checksum` the checksum of the record before. The first record of a
 * file is the genesis, of `seq` 0; a line that a crash cut short is left where it is and followed
 * by a record of kind "repair" that says so. When the file has `ending_count` records of this run
 * already, nothing is written and the last of them is the result: a run that was killed between
 * writing and noting it does not write twice.
 *
 * @param out_result on failure it has a line as well where one could be made, with null for `seq`
 * and `previous_checksum`: it is to be sent although it could not be kept
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
COG_API enum cog_code cog_audit_append(struct cog_storage storage,
                                       const struct cog_audit_entry *entry,
                                       struct cog_audit_result *out_result,
                                       struct cog_error *error) COG_CHECK;

/** "success" or "failed": the word for an outcome, and the webhook event's last part. */
COG_API const char *cog_audit_status(enum cog_outcome outcome);

enum cog_audit_verdict {
    COG_AUDIT_INTACT,
    COG_AUDIT_EMPTY,     /**< There is no record, and none was expected. */
    COG_AUDIT_CHANGED,   /**< A record is not what its checksum says. */
    COG_AUDIT_BROKEN,    /**< Records were removed, put in, or put in another order. */
    COG_AUDIT_TORN,      /**< The last line was cut short; nothing has been repaired yet. */
    COG_AUDIT_CUT,       /**< The anchor's record is missing at the end. */
    COG_AUDIT_REWRITTEN, /**< The chain holds, but the anchor's record is another one. */
};

/** A head that was noted elsewhere: in a report, or in a webhook's data. */
struct cog_audit_anchor {
    int64_t sequence;
    char checksum[COG_CHECKSUM_SIZE];
};

struct cog_audit_inspection {
    enum cog_audit_verdict verdict;
    size_t line_number;           /**< Where it was found, from 1 on; 0: nowhere in particular. */
    char reason[COG_REASON_SIZE]; /**< What was expected and what was found; empty when intact. */
    size_t record_count;          /**< Runs; without genesis and repairs. */
    size_t repair_count;
    int64_t head_sequence; /**< Of the last good record; -1: none. */
    char head_checksum[COG_CHECKSUM_SIZE];
};

/**
 * Reads the whole chain.
 *
 * @param anchor NULL for none
 * @return COG_OK whatever the verdict; COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
COG_API enum cog_code cog_audit_inspect(struct cog_storage storage,
                                        const struct cog_audit_anchor *anchor,
                                        struct cog_audit_inspection *out_inspection,
                                        struct cog_error *error) COG_CHECK;

/** Reads "SEQ:CHECKSUM". @return COG_OK or COG_ERROR_ARGUMENT, which says what was expected */
COG_API enum cog_code cog_audit_anchor_parse(const char *text, struct cog_audit_anchor *out_anchor,
                                             struct cog_error *error) COG_CHECK;

/** "intact", "changed", …; never NULL. */
COG_API const char *cog_audit_verdict_name(enum cog_audit_verdict verdict);

/**
 * The last records as a table for people, or as a JSON array of the records themselves.
 *
 * @param count_max how many of the last ones; 0: all
 * @param out_text owned by the caller, free() it
 */
COG_API enum cog_code cog_audit_format_text(struct cog_storage storage, size_t count_max,
                                            char **out_text, struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_audit_format_json(struct cog_storage storage, size_t count_max,
                                            char **out_text, struct cog_error *error) COG_CHECK;

#endif
