/** The scenario that the command line names. */
#ifndef MOCK_PROGRAM_SCRIPT_FILE_H
#define MOCK_PROGRAM_SCRIPT_FILE_H

#include "program/serve_options.h"

#include <cogmock/script.h>

/**
 * Reads and checks it; without a scenario it is the default world.
 *
 * @param out_text what the file says, without its blanks and comments; untouched without a
 * scenario. Owned by the caller, free() it
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code mock_script_file_read(const struct mock_serve_options *options,
                                    struct mock_script **out_script, char **out_text,
                                    struct cog_error *error) COG_CHECK;

#endif
