/** A file that is there when all of it is, or not at all. */
#ifndef SCN_OUTPUT_FILE_H
#define SCN_OUTPUT_FILE_H

#include <cogpromote/error.h>

#include <stdio.h>

/** `{0}` is none, and safe to finish. */
struct scn_output_file {
    FILE *stream;
    char *path; /**< Owned. */
    char *
        temporary; /**< Beside it; NULL for a device or a pipe, which is written as it is. Owned. */
};

/** @return COG_OK, COG_ERROR_STORAGE ("cannot write 'PATH': …"), COG_ERROR_MEMORY */
enum cog_code scn_output_file_open(const char *path, struct scn_output_file *out_file,
                                   struct cog_error *error) COG_CHECK;

/** Closes it and gives it its name. @return COG_OK or COG_ERROR_STORAGE, with nothing left of it */
enum cog_code scn_output_file_commit(struct scn_output_file *file,
                                     struct cog_error *error) COG_CHECK;

/** One that is there already is as good. @return COG_OK or COG_ERROR_STORAGE */
enum cog_code scn_output_folder_make(const char *path, struct cog_error *error) COG_CHECK;

/** Whatever was not committed is gone. */
void scn_output_file_finish(struct scn_output_file *file);

#endif
