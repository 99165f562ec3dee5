/** The words behind a verb. */
#ifndef PROGRAM_OPERAND_H
#define PROGRAM_OPERAND_H

#include <cogpromote/error.h>

/**
 * Whether a word can be what the operand's name says: a run's id, a job's id.
 *
 * @param name "RUN", "JOB"; others are only to hold something
 * @return COG_OK or COG_ERROR_CONFIGURATION, which says what was expected
 */
enum cog_code cog_operand_check(const char *name, const char *value,
                                struct cog_error *error) COG_CHECK;

#endif
