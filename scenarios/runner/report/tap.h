/** Results as TAP 14, for people and for harnesses. */
#ifndef SCN_TAP_H
#define SCN_TAP_H

#include "report/entry.h"

#include <stdio.h>

void scn_tap_write_plan(FILE *stream, size_t count);

/** A scenario that was not run; @param reason why */
void scn_tap_write_skip(FILE *stream, size_t number, const char *name, const char *reason);

/** With a block that says what went wrong, unless it passed or was skipped. */
void scn_tap_write_entry(FILE *stream, const struct scn_entry *entry);

#endif
