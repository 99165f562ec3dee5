/** Results as JUnit's XML, which CI systems show. */
#ifndef SCN_JUNIT_H
#define SCN_JUNIT_H

#include "run.h"

#include <stdio.h>

/** Texts are borrowed. */
struct scn_junit_case {
    const char *name;
    const char *file;
    int64_t real_ms;
    const struct scn_run *run;
};

/** The whole file. An inconclusive run is an `error`. */
void scn_junit_write(FILE *stream, const struct scn_junit_case *cases, size_t count);

#endif
