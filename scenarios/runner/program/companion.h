/** The other programs of the project, wherever they lie. */
#ifndef SCN_COMPANION_H
#define SCN_COMPANION_H

#include <cogpromote/error.h>

/** Where a program is looked for. */
struct scn_companion {
    const char *name;   /**< "cogmock" */
    const char *folder; /**< Of the build, where it lies there: "mockserver"; NULL: nowhere. */
    const char *flag;   /**< With which a person names it; for the error. NULL: with none. */
};

/** This program itself. @param out_path owned by the caller @return as below */
enum cog_code scn_companion_self(char **out_path, struct cog_error *error) COG_CHECK;

/**
 * Beside this program, else beside its folder in a build, else in $PATH.
 *
 * @param out_path owned by the caller, free()
 * @return COG_OK; COG_ERROR_NOT_FOUND: it is nowhere, and what to do; COG_ERROR_MEMORY;
 *         COG_ERROR_INTERNAL
 */
enum cog_code scn_companion_find(const struct scn_companion *companion, char **out_path,
                                 struct cog_error *error) COG_CHECK;

#endif
