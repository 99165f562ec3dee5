/** Which scenarios take the longest. */
#ifndef SCN_SLOWEST_H
#define SCN_SLOWEST_H

#include "language/suite.h"
#include "session/outcome.h"

#include <stdio.h>

/**
 * Writes the slowest ones by real time, the slowest first; of equals the first of the suite.
 *
 * @param outcomes one an entry
 * @param count at most so many
 */
void scn_slowest_write(FILE *stream, const struct scn_suite *suite,
                       const struct scn_outcome *outcomes, size_t count);

#endif
