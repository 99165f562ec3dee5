/** The drills that come with the program, and how a command line names one. */
#ifndef SCN_DRILL_CATALOGUE_H
#define SCN_DRILL_CATALOGUE_H

#include <cogpromote/error.h>

#include <stddef.h>

enum { SCN_DRILL_CATALOGUE_MAX = 256 };

/** The files of a folder, by their names' order. `{0}` is empty and safe to finish. */
struct scn_drill_catalogue {
    char **paths; /**< Owned, with the array. */
    char **ids;   /**< As long, in the same order; ends with NULL. Owned likewise. */
    size_t count;
};

/** The folder of those that come with the program: of a checkout, else where it is installed. */
const char *scn_drill_catalogue_folder(void);

/**
 * The *.jsonc files that are in it; in no folder below.
 *
 * @return COG_OK, COG_ERROR_STORAGE (it cannot be read, or has too many), COG_ERROR_MEMORY
 */
enum cog_code scn_drill_catalogue_list(const char *folder,
                                       struct scn_drill_catalogue *out_catalogue,
                                       struct cog_error *error) COG_CHECK;

/**
 * The file that a word means: the id of one of the folder, else a path.
 *
 * @param out_path owned by the caller
 * @return COG_OK, COG_ERROR_NOT_FOUND (with the nearest id), COG_ERROR_STORAGE (the folder, or a
 *         path that is meant to be one, cannot be read), COG_ERROR_MEMORY
 */
enum cog_code scn_drill_catalogue_find_in(const char *folder, const char *word, char **out_path,
                                          struct cog_error *error) COG_CHECK;

/** The same in the folder of those that come with the program. */
enum cog_code scn_drill_catalogue_find(const char *word, char **out_path,
                                       struct cog_error *error) COG_CHECK;

void scn_drill_catalogue_finish(struct scn_drill_catalogue *catalogue);

#endif
