/** A drill with two points, three runs of it that passed, and what their report is made of. */
#ifndef REHEARSED_H
#define REHEARSED_H

#include "drill/report/rehearsal_report.h"

enum { REHEARSED_RUN_COUNT = 3 };

struct rehearsed {
    struct scn_drill drill;
    struct scn_rehearsal runs[REHEARSED_RUN_COUNT];
    struct scn_drill_report report;
};

/** The record of each run. */
extern char rehearsed_record[];

/** Points into itself: not to be copied. */
void rehearsed_init(struct rehearsed *bench);

void rehearsed_finish(struct rehearsed *bench);

/** The report; owned by the caller. */
cJSON *rehearsed_json(const struct rehearsed *bench);

/**
 * Makes the report, and compares one member.
 *
 * @param path "figures.3.met": names, and indices of arrays
 * @param expected as compact JSON
 */
void rehearsed_expect(const struct rehearsed *bench, const char *path, const char *expected);

#endif
