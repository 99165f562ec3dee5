/** How the rules say what they found; for the files that hold rules. */
#ifndef SCN_JUDGEMENT_H
#define SCN_JUDGEMENT_H

#include "invariant.h"

static const struct scn_judgement scn_judgement_pass = {.result = SCN_PASS};

struct scn_judgement scn_judgement_fail(const char *format, ...) COG_PRINTF(1, 2);
struct scn_judgement scn_judgement_inconclusive(const char *format, ...) COG_PRINTF(1, 2);

#endif
