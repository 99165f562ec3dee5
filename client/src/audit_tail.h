/** How an audit file ends: what a next record is chained to, and what a crash left behind it. */
#ifndef AUDIT_TAIL_H
#define AUDIT_TAIL_H

#include "audit_record.h"

/** Lines that were cut short: nearly always one; more when the repair was cut short as well. */
struct cog_audit_tear {
    const char *bytes; /**< Without the last one's line feed; NULL for none. Borrowed. */
    size_t length;
    size_t line_number; /**< Of the first, from 1 on. */
};

struct cog_audit_tail {
    struct cog_audit_link last; /**< The last good record. */
    struct cog_audit_tear tear;
    bool is_open; /**< The last line has no line feed. */
};

/**
 * What no line feed ends is torn, even when nothing but that is missing. So is a line in front of
 * that, or one that a repair gave its line feed before it was cut short itself, when it begins like
 * a record and does not end like one. Any other line that is no record was changed by somebody, and
 * is not torn.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_audit_tail_find(const char *text, size_t length, struct cog_audit_tail *out_tail,
                                  struct cog_error *error) COG_CHECK;

/**
 * A repair record's reason: which line, how many bytes, and their SHA-256, so that what was cut
 * short cannot be changed later either.
 *
 * @return COG_OK or COG_ERROR_INTERNAL
 */
enum cog_code cog_audit_tear_describe(const struct cog_audit_tear *tear,
                                      char out_reason[COG_REASON_SIZE],
                                      struct cog_error *error) COG_CHECK;

#endif
