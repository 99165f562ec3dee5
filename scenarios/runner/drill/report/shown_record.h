/** The record of the run that a drill's report shows. */
#ifndef SCN_SHOWN_RECORD_H
#define SCN_SHOWN_RECORD_H

#include "drill/report/rehearsal_report.h"

/**
 * The one that the rehearsal has, else one of the evidence.
 *
 * @param out_record owned by the caller; NULL where there is neither
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_shown_record(const struct scn_drill_report *report, cJSON **out_record,
                               struct cog_error *error) COG_CHECK;

#endif
