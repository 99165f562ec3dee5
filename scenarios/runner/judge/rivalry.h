/** Two operators at one target: what the one has to do with the other. */
#ifndef SCN_RIVALRY_H
#define SCN_RIVALRY_H

#include "judge/expectation.h"
#include "judge/findings.h"

/** Whether a job of the other one was at work in the target since then, before this one's end. */
bool scn_rivalry_is_disturbed(const struct scn_facts *facts, int64_t since_ms);

/** Judges the second operator, if there is one; its findings say whose they are. */
void scn_rivalry_judge_second(const struct scn_expectation *expectation,
                              const struct scn_facts *facts, struct scn_findings *findings);

#endif
