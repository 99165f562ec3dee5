/** A folder of its own for each test that needs files. */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

enum { FOLDER_PATH_SIZE = 32 };

/** Stops the test when it cannot be made. */
void folder_create(char out_path[FOLDER_PATH_SIZE]);

/** Removes the folder and everything in it. */
void folder_remove(const char *path);

#endif
