/** The client's secret from a file, as secret managers mount it. */
#ifndef PROGRAM_SECRET_FILE_H
#define PROGRAM_SECRET_FILE_H

#include <cogpromote/config.h>

/**
 * Sets the client secret to the file's first line.
 *
 * @return COG_OK, COG_ERROR_CONFIGURATION (names the file, never what is in it), COG_ERROR_MEMORY
 */
enum cog_code cog_secret_file_read(const char *path, struct cog_config *config,
                                   struct cog_error *error) COG_CHECK;

#endif
