/** The program's standard streams. */
#ifndef PROGRAM_OUTPUT_H
#define PROGRAM_OUTPUT_H

#include <stdbool.h>

/**
 * Puts something in the place of standard streams that the caller has closed, so that no file which
 * is opened later becomes one of them by accident. Writing to them fails, as it did before.
 */
void cog_output_guard(void);

/**
 * Writes the result to stdout, with a line feed at its end.
 *
 * @return false when it could not be written, which is told on stderr
 */
bool cog_output_write(const char *text);

#endif
