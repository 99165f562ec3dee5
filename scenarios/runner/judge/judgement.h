/** How the rules say what they found; for the files that hold rules. */
#ifndef SCN_JUDGEMENT_H
#define SCN_JUDGEMENT_H

#include "judge/invariant.h"

static const struct scn_judgement scn_judgement_pass = {.result = SCN_PASS};

/** The run had nothing that the rule is about. */
static const struct scn_judgement scn_judgement_idle = {.result = SCN_PASS, .is_idle = true};

/** A pass; an idle one unless the run had something that the rule is about. */
struct scn_judgement scn_judgement_pass_if(bool is_about);

struct scn_judgement scn_judgement_fail(const char *format, ...) COG_PRINTF(1, 2);
struct scn_judgement scn_judgement_inconclusive(const char *format, ...) COG_PRINTF(1, 2);

#endif
