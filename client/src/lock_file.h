/** A lock as the file that stands for it. */
#ifndef LOCK_FILE_H
#define LOCK_FILE_H

#include <cogpromote/lock.h>

/** Where the locks lie, one file for each target. */
#define LOCK_FILE_FOLDER "locks"

enum { LOCK_FILE_NAME_SIZE = 80 };

/**
 * "locks/<SHA-256 of the target's id>.json": an id may hold anything, a file name may not.
 *
 * @return COG_OK, or COG_ERROR_INTERNAL (the cryptographic library refused)
 */
enum cog_code cog_lock_file_name(const char *target_environment_id,
                                 char out_name[LOCK_FILE_NAME_SIZE],
                                 struct cog_error *error) COG_CHECK;

/** Whether a file in the folder, named without it, looks like a lock's. */
bool cog_lock_file_is_named(const char *base_name);

/**
 * Reads a file; an empty one is a lock that is free. Whether the holder lives is asked of
 * `storage`.
 *
 * @param name what `cog_lock_file_name` gives for the lock's target
 * @return COG_OK; COG_ERROR_SYNTAX: damaged, with what to do; COG_ERROR_INTERNAL
 */
enum cog_code cog_lock_file_parse(struct cog_storage storage, const char *name, const char *bytes,
                                  size_t length, struct cog_lock *out_lock,
                                  struct cog_error *error) COG_CHECK;

/** @param out_text owned by the caller, free() it */
enum cog_code cog_lock_file_print(const struct cog_lock *lock, char **out_text,
                                  struct cog_error *error) COG_CHECK;

#endif
