/** The names of the files in a folder. */
#ifndef COGBASE_STORAGE_POSIX_NAMES_H
#define COGBASE_STORAGE_POSIX_NAMES_H

#include "storage_posix_folder.h"

/** As `list` of the seam; folders in it are left out. */
enum cog_code cog_posix_names_read(const struct cog_posix_folder *folder,
                                   struct cog_storage_names *out_names,
                                   struct cog_error *error) COG_CHECK;

#endif
