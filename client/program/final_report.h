/** The report that a promotion, a resumed run or a rollback ends with, on stdout. */
#ifndef PROGRAM_FINAL_REPORT_H
#define PROGRAM_FINAL_REPORT_H

#include "command.h"

#include <cogpromote/report.h>

/**
 * In the form that the command asks for; the text's last line is the command that resumes the run,
 * where one does.
 *
 * @param out_text owned by the caller, free() it
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code cog_final_report_format(const struct cog_command *command,
                                      const struct cog_report *report, char **out_text,
                                      struct cog_error *error) COG_CHECK;

/** Prints it. @return the outcome's exit code, also when it could not be printed */
int cog_final_report_print(const struct cog_command *command, const struct cog_report *report);

#endif
