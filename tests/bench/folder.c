#include "folder.h"

#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void bench_folder_remove(const char *folder)
{
    const char *const arguments[] = {"rm", "-rf", folder, NULL};
    pid_t pid = 0;
    if (posix_spawnp(&pid, arguments[0], NULL, NULL, (char *const *)arguments, environ) != 0 ||
        waitpid(pid, NULL, 0) != pid) {
        (void)fprintf(stderr, "bench: '%s' is left behind\n", folder);
    }
}
