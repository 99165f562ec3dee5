/** Findings in JSON: [{"result", "check", "text"}]. */
#ifndef SCN_FINDING_MEMBERS_H
#define SCN_FINDING_MEMBERS_H

#include "judge/findings.h"
#include "report/json_text.h"

#include <cjson/cJSON.h>

/** The member "result". @return COG_OK, or COG_ERROR_SYNTAX that names it */
enum cog_code scn_finding_result_read(const cJSON *object, enum scn_result *out_result,
                                      struct cog_error *error) COG_CHECK;

/** Appends those of the member "findings". @return as above, or COG_ERROR_MEMORY */
enum cog_code scn_findings_read(const cJSON *object, struct scn_findings *findings,
                                struct cog_error *error) COG_CHECK;

/** Writes the member "findings". */
void scn_findings_write(struct scn_json_text *json, const struct scn_findings *findings);

#endif
