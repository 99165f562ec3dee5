/** The parts of which the judge of a checklist is made; for the files that are one. */
#ifndef SCN_CHECKLIST_PART_H
#define SCN_CHECKLIST_PART_H

#include "drill/checklist.h"
#include "drill/evidence.h"

#include <cogbase/text.h>

/** Writes the text that is shown, cut where it must be. */
void scn_check_tell(struct scn_check_result *result, const char *text);

/** Judges some members of `expect`, and says what they rest on. */
void scn_check_judge_expect(const struct scn_check *check, const struct scn_evidence *evidence,
                            struct scn_check_result *out_result);

/** Whether some member of `expect.audit` is asked for. */
bool scn_check_is_about_audit(const struct scn_expectation *expectation);

/** What is known of each member that is asked for: "exit 6; target's digest 4e1f… is …". */
void scn_check_show(const struct scn_check *check, const struct scn_facts *facts,
                    struct cog_text *text);

#endif
