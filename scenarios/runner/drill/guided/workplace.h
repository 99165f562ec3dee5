/** The folder of a guided drill: files that nobody else may read, and programs. */
#ifndef SCN_WORKPLACE_H
#define SCN_WORKPLACE_H

#include <cogpromote/storage.h>

/** `{0}` is none. */
struct scn_workplace {
    const char *folder; /**< Borrowed. */
    struct cog_storage_posix posix;
};

/** How a drill stands, as the file `result.json` tells. Texts are borrowed. */
struct scn_workplace_result {
    const char *phase;       /**< "running", "done", "aborted" */
    const char *reason;      /**< "" for none. */
    int64_t pid;             /**< Of who conducts it. */
    const char *console_url; /**< For facilitators; NULL for none. */
};

/**
 * Whether a new drill may have a folder.
 *
 * @return COG_OK, also where there is none yet; COG_ERROR_STORAGE: a drill was or is in it
 */
enum cog_code scn_workplace_check(const char *folder, struct cog_error *error) COG_CHECK;

/**
 * Takes a folder for a new drill, and makes what is missing in it.
 *
 * @param folder must outlive the workplace; it is there
 * @return COG_OK; COG_ERROR_STORAGE: it cannot be written, or a drill was or is in it
 */
enum cog_code scn_workplace_take(const char *folder, struct scn_workplace *out_workplace,
                                 struct cog_error *error) COG_CHECK;

/** One that has been taken by somebody: to look into it. */
struct scn_workplace scn_workplace_of(const char *folder);

/** Borrowed from the workplace, which must stay where it is. */
struct cog_storage scn_workplace_storage(struct scn_workplace *workplace);

/** Writes a file anew, whole or not at all. @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY */
enum cog_code scn_workplace_write(struct scn_workplace *workplace, const char *name,
                                  const char *text, struct cog_error *error) COG_CHECK;

/** Appends to a file, at once and durably. @return as above */
enum cog_code scn_workplace_append(struct scn_workplace *workplace, const char *name,
                                   const char *text, struct cog_error *error) COG_CHECK;

/** The same of a program in `bin`. @return COG_OK, COG_ERROR_STORAGE */
enum cog_code scn_workplace_write_program(struct scn_workplace *workplace, const char *name,
                                          const char *text, struct cog_error *error) COG_CHECK;

/** Whether the folder is still the one that was taken. */
bool scn_workplace_is_there(const struct scn_workplace *workplace);

/** Says in the folder how the drill stands. @return as `scn_workplace_write` */
enum cog_code scn_workplace_tell(struct scn_workplace *workplace,
                                 const struct scn_workplace_result *result,
                                 struct cog_error *error) COG_CHECK;

#endif
