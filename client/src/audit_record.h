/** The records of the audit file: what each kind holds, canonical and sealed. */
#ifndef AUDIT_RECORD_H
#define AUDIT_RECORD_H

#include <cogbase/digest.h>
#include <cogpromote/audit.h>

#include <cjson/cJSON.h>

/** A record as the next one sees it. */
struct cog_audit_link {
    int64_t sequence; /**< -1 where there is no record: the next one is the first. */
    char checksum[COG_DIGEST_SIZE];
};

/** The largest number of a record: larger ones are printed rounded, as if to 15 digits. */
#define COG_AUDIT_SEQUENCE_MAX INT64_C(999999999999999)

/** In front of a file's first record: sequence -1, 64 zeros. */
struct cog_audit_link cog_audit_link_none(void);

/**
 * Each prints one record and says what the next is to be chained to.
 *
 * @param inout_link the record before; becomes this one on COG_OK
 * @param out_line without a line feed, free() it
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_audit_record_print_genesis(int64_t unix_ms, struct cog_audit_link *inout_link,
                                             char **out_line, struct cog_error *error) COG_CHECK;
enum cog_code cog_audit_record_print_repair(int64_t unix_ms, const char *reason,
                                            struct cog_audit_link *inout_link, char **out_line,
                                            struct cog_error *error) COG_CHECK;

/** @param inout_link NULL: `seq` and `previous_checksum` are null, the record is in no chain */
enum cog_code cog_audit_record_print_run(const struct cog_audit_entry *entry,
                                         struct cog_audit_link *inout_link, char **out_line,
                                         struct cog_error *error) COG_CHECK;

/** When a record says it was made: at the run's end. */
int64_t cog_audit_record_unix_ms(const struct cog_report *report);

/** "genesis", "repair", …; "" for a run's record, which names no kind. Borrowed. */
const char *cog_audit_record_kind(const cJSON *record);

/**
 * Reads a whole line: sealed, and with a place in the chain.
 *
 * @param out_record owned by the caller
 * @return COG_OK; COG_ERROR_SYNTAX: it is no such record; COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_audit_record_parse(const char *line, size_t length, cJSON **out_record,
                                     struct cog_audit_link *out_link,
                                     struct cog_error *error) COG_CHECK;

#endif
