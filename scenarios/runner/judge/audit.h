/** The audit file as a judge reads it. */
#ifndef SCN_AUDIT_H
#define SCN_AUDIT_H

#include "judge/facts.h"

#include <cogpromote/error.h>
#include <cogpromote/outcome.h>

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/** The records of runs in the file. `{0}` is empty and safe to finish. */
struct scn_audit {
    size_t record_count;
    cJSON *last; /**< Owned; NULL for none. */
};

/**
 * Reads JSON lines.
 *
 * @param text the whole file
 * @return COG_OK, or COG_ERROR_PROTOCOL ("line 2: …")
 */
enum cog_code scn_audit_parse(const char *text, struct scn_audit *out_audit,
                              struct cog_error *error) COG_CHECK;

void scn_audit_finish(struct scn_audit *audit);

/**
 * Whether a record tells that outcome. Undelivered is decided after the record is written: that it
 * was promoted is true as well.
 *
 * @param recorded the record's outcome; NULL when it has none
 */
bool scn_audit_tells(const char *recorded, enum cog_outcome outcome);

/** Whether the last process took its run up: one that could not has no end to record or announce.
 */
bool scn_audit_is_due(const struct scn_facts *facts);

#endif
