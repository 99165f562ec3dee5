/** Judging a foreign client by what can be seen from outside. */
#ifndef SCN_VERDICT_H
#define SCN_VERDICT_H

#include "judge/expectation.h"
#include "judge/invariant.h"

/**
 * Of `expect`: outcome, target, what was applied, and that nothing was asked for that must not be;
 * and those invariants that are about every client. The others are idle.
 *
 * @param facts with `ending`
 * @param out_rulings NULL for nobody who asks
 */
void scn_verdict_judge(const struct scn_expectation *expectation, const struct scn_facts *facts,
                       struct scn_findings *findings, struct scn_rulings *out_rulings);

/** Of that, what is about `expect` alone. */
void scn_verdict_compare(const struct scn_expectation *expectation, const struct scn_facts *facts,
                         struct scn_findings *findings);

/** Of that, one rule; idle where it is not about every client, and without `ending`. @param id "I1"
 */
struct scn_judgement scn_verdict_judge_rule(const char *id, const struct scn_facts *facts);

#endif
