/** The audit record: one canonical line for each run, chained to the one before. */
#ifndef AUDIT_H
#define AUDIT_H

#include <cogpromote/report.h>
#include <cogpromote/storage.h>

#define COG_AUDIT_FILE "audit.jsonl"

/**
 * Appends the record of a run to the audit file. The record is an RFC 8785 (JCS) object;
 * `checksum` is the SHA-256 of that form without `checksum`, and `previous_checksum` is the
 * checksum of the record before (64 zeros for the first).
 *
 * @param report its audit members are written on COG_OK
 * @param out_line the record without its line feed, owned by the caller (free())
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_audit_append(struct cog_storage storage, const char *actor,
                               struct cog_report *report, char **out_line,
                               struct cog_error *error) COG_CHECK;

/** "success" or "failed": the seed's word for an outcome, and the webhook event's last part. */
const char *cog_audit_status(enum cog_outcome outcome);

#endif
