/** Findings on their way from one process of the program to another. */
#ifndef SCN_FINDINGS_BYTES_H
#define SCN_FINDINGS_BYTES_H

#include "crew/packing.h"
#include "judge/findings.h"

/** Without memory the text has failed. */
void scn_findings_pack(const struct scn_findings *findings, struct cog_text *text);

/** @param findings empty */
void scn_findings_unpack(struct scn_unpacking *unpacking, struct scn_findings *findings);

/** One result. */
enum scn_result scn_result_unpack(struct scn_unpacking *unpacking);

#endif
