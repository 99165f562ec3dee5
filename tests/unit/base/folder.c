#include "folder.h"

#include <criterion/criterion.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void folder_create(char out_path[FOLDER_PATH_SIZE])
{
    (void)snprintf(out_path, FOLDER_PATH_SIZE, "/tmp/cogpromote-test-XXXXXX");
    cr_assert(mkdtemp(out_path) != NULL);
}

void folder_enter(char out_path[FOLDER_PATH_SIZE])
{
    folder_create(out_path);
    cr_assert(chdir(out_path) == 0);
}

void folder_leave(const char *path)
{
    cr_assert(chdir("/") == 0);
    folder_remove(path);
}

void folder_remove(const char *path)
{
    DIR *directory = opendir(path);
    cr_assert(directory != NULL);
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        char entry_path[512];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        (void)snprintf(entry_path, sizeof entry_path, "%s/%s", path, entry->d_name);
        if (remove(entry_path) != 0) {
            folder_remove(entry_path);
        }
    }
    (void)closedir(directory);
    cr_expect(remove(path) == 0, "%s cannot be removed", path);
}
