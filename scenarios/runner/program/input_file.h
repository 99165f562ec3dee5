/** A file that the command line names, read as a whole. */
#ifndef SCN_INPUT_FILE_H
#define SCN_INPUT_FILE_H

#include <cogpromote/error.h>

#include <stddef.h>

/**
 * @param length_max more than this is refused; whole MiB
 * @param out_text NUL-terminated; owned by the caller, free()
 * @return COG_OK, COG_ERROR_STORAGE ("cannot read 'path': …"), COG_ERROR_SYNTAX (longer than that),
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_input_file_read(const char *path, size_t length_max, char **out_text,
                                  size_t *out_length, struct cog_error *error) COG_CHECK;

#endif
