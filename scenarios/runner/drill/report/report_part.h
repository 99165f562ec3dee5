/** The parts of a drill's report, one function each; only for the files of the report. */
#ifndef SCN_REPORT_PART_H
#define SCN_REPORT_PART_H

#include "drill/report/rehearsal_report.h"
#include "report/json_text.h"

/** A report while it is written. */
struct scn_report_writer {
    struct scn_json_text json;
    const struct scn_drill_report *report; /**< Borrowed, as the rest. */
    const struct scn_rehearsal *shown;
    const cJSON *record; /**< Of the shown run; NULL where there is none. */
};

/** A number that is not known where it is negative: then it is null. */
void scn_report_known(struct scn_json_text *json, const char *name, int64_t number);

/** A member that is JSON already; null where there is none. */
void scn_report_copy(struct scn_json_text *json, const char *name, const cJSON *item);

/** "drill". */
void scn_report_drill(struct scn_report_writer *writer);

/** "figures". */
void scn_report_figures(struct scn_report_writer *writer);

/** "milestones" and "mixed". */
void scn_report_timeline(struct scn_report_writer *writer);

/** "checklist" and "findings". */
void scn_report_checklist(struct scn_report_writer *writer);

/** "injects", "commands". */
void scn_report_course(struct scn_report_writer *writer);

/** "outcome", "truth". */
void scn_report_truth(struct scn_report_writer *writer);

/** "audit". @return COG_OK, or what `cog_audit_inspect` returned */
enum cog_code scn_report_audit(struct scn_report_writer *writer, struct cog_error *error) COG_CHECK;

/** "surprises" and "actions". */
void scn_report_debrief(struct scn_report_writer *writer);

#endif
