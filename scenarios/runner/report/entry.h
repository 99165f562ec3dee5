/** One scenario's result, as reports list it. */
#ifndef SCN_ENTRY_H
#define SCN_ENTRY_H

#include "judge/findings.h"

#include <stdint.h>

/** Everything is borrowed. */
struct scn_entry {
    size_t number; /**< From 1. */
    const char *name;
    const char *file;
    const char *replay;      /**< The command that runs it again. */
    const char *skip_reason; /**< Why it was not run, and has no result; NULL when it was. */
    enum scn_result verdict;
    const struct scn_findings *findings;
    const char *record; /**< As in report/record.h; NULL for none. */
    int64_t time_ms;    /**< Real where it is known, else virtual. */
};

/** How many of them ended so. */
size_t scn_entry_count(const struct scn_entry *entries, size_t count, enum scn_result verdict);

/** The first finding that explains the verdict; never NULL. */
const char *scn_entry_cause(const struct scn_entry *entry);

#endif
