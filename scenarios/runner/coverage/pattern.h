/** Patterns of names: "fault/reset_*_body/{health,status}". */
#ifndef SCN_PATTERN_H
#define SCN_PATTERN_H

#include <stdbool.h>

/**
 * Whether a whole name is like that: '*' is any number of characters but '/', "{a,b}" is one of
 * those, which may be patterns without braces; anything else is itself.
 */
bool scn_pattern_matches(const char *pattern, const char *name);

/** What is wrong with a pattern, as a complaint begins; NULL for nothing. */
const char *scn_pattern_fault(const char *pattern);

#endif
