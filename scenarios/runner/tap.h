/** Results as TAP 14, for people and for harnesses. */
#ifndef SCN_TAP_H
#define SCN_TAP_H

#include "run.h"

#include <stdio.h>

/** One line of the report. Texts are borrowed. */
struct scn_tap_entry {
    size_t number; /**< From 1. */
    const char *name;
    const char *file;
    const char *replay; /**< The command that runs it again. */
    const struct scn_run *run;
};

void scn_tap_write_plan(FILE *stream, size_t count);

/** With a block that says what went wrong, unless it passed. */
void scn_tap_write_entry(FILE *stream, const struct scn_tap_entry *entry);

#endif
