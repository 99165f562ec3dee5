/** Results as JUnit's XML, which CI systems show. */
#ifndef SCN_JUNIT_H
#define SCN_JUNIT_H

#include "report/entry.h"

#include <stdio.h>

/** What the results came from. */
struct scn_junit_origin {
    uint64_t seed;
    const char *tool_version;
};

/** The whole file, with a `testsuite` for each folder. An inconclusive run is an `error`. */
void scn_junit_write(FILE *stream, const struct scn_junit_origin *origin,
                     const struct scn_entry *entries, size_t count);

#endif
