/** The verdict of a run, and what it rests on. */
#ifndef SCN_FINDINGS_H
#define SCN_FINDINGS_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>

enum scn_result {
    SCN_PASS,
    SCN_FAIL,
    SCN_INCONCLUSIVE, /**< It could not be computed: not a pass. */
};

enum { SCN_FINDING_TEXT_SIZE = 512 };

/** One thing that is not as it should be, or that nobody can tell. */
struct scn_finding {
    enum scn_result result;
    char subject[64]; /**< "calls.promote", "I3". */
    char text[SCN_FINDING_TEXT_SIZE];
};

/** `{0}` is empty and safe to finish. */
struct scn_findings {
    struct scn_finding *items;
    size_t count;
    bool failed; /**< There was no memory for one: the verdict is inconclusive. */
};

void scn_findings_append(struct scn_findings *findings, enum scn_result result, const char *subject,
                         const char *format, ...) COG_PRINTF(4, 5);

/** Any failure fails; else anything inconclusive is inconclusive; else it passes. */
enum scn_result scn_findings_verdict(const struct scn_findings *findings);

/** The first finding of that result; NULL for none. */
const struct scn_finding *scn_findings_find(const struct scn_findings *findings,
                                            enum scn_result result);

void scn_findings_finish(struct scn_findings *findings);

/** "pass", "fail", "inconclusive". */
const char *scn_result_name(enum scn_result result);

#endif
