/** What came of a guided drill, for whoever sits at the terminal. */
#ifndef SCN_GUIDED_SUMMARY_TEXT_H
#define SCN_GUIDED_SUMMARY_TEXT_H

#include "drill/rehearsal.h"

#include <cogbase/text.h>

/** Everything is borrowed. */
struct scn_guided_summary {
    const struct scn_drill *drill;
    const struct scn_rehearsal *rehearsal;
    const struct scn_evidence *evidence;
    enum scn_result verdict; /**< Of the report: its rules count too. */
    bool was_secret;         /**< Which drill it was comes out only now. */
    const char *report_path; /**< NULL: it could not be written; the next too. */
    const char *page_path;
    int width;
};

void scn_guided_summary_append(struct cog_text *text, const struct scn_guided_summary *summary);

#endif
