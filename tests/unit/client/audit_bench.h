/** An audit file to append to and to look at. */
#ifndef AUDIT_BENCH_H
#define AUDIT_BENCH_H

#include "support/expect.h"

#include <cogpromote/audit.h>

/** Of the n-th run: promoted, at a time of its own. */
struct cog_report audit_report(int number);

/** Appends the first ending of a run. @return its line; free() it */
char *audit_append(struct cog_storage storage, const struct cog_report *report);

/** Appends runs 1 to `count`. */
void audit_fill(struct cog_storage storage, int count);

/** The file. @return free() it */
char *audit_text(struct cog_storage storage);

/** Makes the file hold this. */
void audit_put(struct cog_storage storage, const char *text);

/** What an inspection finds. @param anchor "SEQ:CHECKSUM"; NULL for none */
struct cog_audit_inspection audit_inspect(struct cog_storage storage, const char *anchor);

#endif
