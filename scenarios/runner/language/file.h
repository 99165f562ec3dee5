/** A scenario file as it was read, shared by all the runs that it tells. */
#ifndef SCN_FILE_H
#define SCN_FILE_H

#include <cogbase/document.h>

/** Counts its holders; one thread has all of them. */
struct scn_file {
    struct cog_document document;
    size_t holder_count;
};

/**
 * Takes the document over, whose cases and calls must be right.
 *
 * @param inout_document empty afterwards, also on failure
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code scn_file_create(struct cog_document *inout_document, struct scn_file **out_file,
                              struct cog_error *error) COG_CHECK;

/** Reads it. @return as above, or COG_ERROR_STORAGE when it cannot be read */
enum cog_code scn_file_read(const char *path, struct scn_file **out_file,
                            struct cog_error *error) COG_CHECK;

/** Another holder, who releases it as well. */
struct scn_file *scn_file_hold(struct scn_file *file);

/** For the last holder it is gone. NULL does nothing. */
void scn_file_release(struct scn_file *file);

/** For COG_CLEANUP. */
void scn_file_finish(struct scn_file **file);

#endif
