/** Building a list of file names. */
#ifndef COGBASE_STORAGE_NAMES_H
#define COGBASE_STORAGE_NAMES_H

#include <cogpromote/storage.h>

enum { COG_STORAGE_NAMES_MAX = 100000 };

/**
 * Adds a copy of `name`.
 *
 * @param folder for the message
 * @return COG_OK, COG_ERROR_MEMORY; COG_ERROR_STORAGE: more than COG_STORAGE_NAMES_MAX
 */
enum cog_code cog_storage_names_append(struct cog_storage_names *names, const char *folder,
                                       const char *name, struct cog_error *error) COG_CHECK;

/** In ascending order of their bytes. */
void cog_storage_names_sort(struct cog_storage_names *names);

#endif
