/** Holds a guided drill in the terminal that the program has. */
#ifndef SCN_GUIDED_CONDUCT_H
#define SCN_GUIDED_CONDUCT_H

#include "program/guided_plan.h"

/**
 * From the briefing to the report. SIGINT, SIGTERM and SIGHUP abort it; the report is written all
 * the same.
 *
 * @param plan its debrief gets what is answered
 * @return as scn_guided_report_write; SCN_EXIT_NO_OUTPUT: the folder cannot be used; 128 and the
 *         number of a signal
 */
int scn_guided_conduct(struct scn_guided_plan *plan);

#endif
