/** What is left of a guided drill: its report, its line in the history, what is told. */
#ifndef SCN_GUIDED_REPORT_H
#define SCN_GUIDED_REPORT_H

#include "drill/evidence.h"
#include "program/guided_plan.h"

/**
 * Judges it, writes the report and the page into the folder, appends to the history, and tells all
 * on stdout. A report that cannot be written goes to stdout, so that nothing is lost.
 *
 * @param debrief of the plan, with what was answered
 * @return 0, 1 (failed), 2 (inconclusive, or aborted), SCN_EXIT_NO_OUTPUT, SCN_EXIT_SOFTWARE
 */
int scn_guided_report_write(const struct scn_guided_plan *plan,
                            const struct scn_evidence *evidence);

#endif
