/** Where a path leads to. */
#ifndef SCN_REAL_PATH_H
#define SCN_REAL_PATH_H

/**
 * The absolute path without links of a file or folder that is there and can be read.
 *
 * @return owned by the caller, free(); NULL when it is not there, and for no memory
 */
char *scn_real_path(const char *path);

#endif
