/** A folder of its own for each test that needs files. */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

enum { FOLDER_PATH_SIZE = 32 };

/** Stops the test when it cannot be made. */
void folder_create(char out_path[FOLDER_PATH_SIZE]);

/** As above, and makes it the working folder: a test is a process of its own. */
void folder_enter(char out_path[FOLDER_PATH_SIZE]);

/** Leaves the folder that was entered, and removes it. */
void folder_leave(const char *path);

/** Removes the folder and everything in it. */
void folder_remove(const char *path);

#endif
