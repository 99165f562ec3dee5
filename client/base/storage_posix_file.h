/** One file, open. */
#ifndef COGBASE_STORAGE_POSIX_FILE_H
#define COGBASE_STORAGE_POSIX_FILE_H

#include "storage_posix_folder.h"

enum { COG_POSIX_FILE_LENGTH_MAX = 64 << 20 };

/** `{0}` is closed and safe to finish. */
struct cog_posix_file {
    char *path; /**< For messages; owned; NULL: closed. */
    int descriptor;
};

/** Closes it, which releases its lock. */
void cog_posix_file_finish(struct cog_posix_file *file);

/**
 * Opens a file of the state when it can be relied upon; never waits, whatever lies there.
 *
 * @param flags of open(); without O_CREAT a file that does not exist is COG_OK and leaves
 * `out_file` closed
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code cog_posix_file_open(const struct cog_posix_folder *folder, const char *name,
                                  int flags, struct cog_posix_file *out_file,
                                  struct cog_error *error) COG_CHECK;

/** @param operation LOCK_SH or LOCK_EX; waits for it */
enum cog_code cog_posix_file_lock(const struct cog_posix_file *file, int operation,
                                  struct cog_error *error) COG_CHECK;

/** Whether its name still leads to it: it has neither been replaced nor removed. */
bool cog_posix_file_is_linked(const struct cog_posix_file *file);

/** Reads all of it. @param out_bytes owned by the caller; a NUL follows the last byte */
enum cog_code cog_posix_file_read(const struct cog_posix_file *file, size_t length_max,
                                  char **out_bytes, size_t *out_length,
                                  struct cog_error *error) COG_CHECK;

/**
 * As above, but of a file that may be appended to, and the last bytes alone.
 *
 * @param tail_length 0: all
 * @param out_file_length of the whole file
 */
enum cog_code cog_posix_file_read_tail(const struct cog_posix_file *file, size_t tail_length,
                                       char **out_bytes, size_t *out_length,
                                       size_t *out_file_length, struct cog_error *error) COG_CHECK;

/**
 * Adds to the end in one write and syncs. What a full disk took of it is cut off again.
 *
 * @param length of what is there
 */
enum cog_code cog_posix_file_append(const struct cog_posix_file *file, size_t length,
                                    const char *addition, struct cog_error *error) COG_CHECK;

/** Writes and syncs; may leave a part behind on failure. */
enum cog_code cog_posix_file_write(const struct cog_posix_file *file, const char *text,
                                   struct cog_error *error) COG_CHECK;

#endif
