#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void cog_output_guard(void)
{
    int descriptor = 0;
    while (descriptor >= 0 && descriptor <= STDERR_FILENO) {
        descriptor = open("/dev/null", O_RDONLY);
    }
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
}

bool cog_output_write(const char *text)
{
    size_t length = strlen(text);
    bool needs_end = length == 0 || text[length - 1] != '\n';
    errno = 0;
    (void)fputs(text, stdout);
    (void)fputs(needs_end ? "\n" : "", stdout);
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        (void)fprintf(stderr, "cogpromote: cannot write the result to stdout: %s\n",
                      strerror(errno));
        return false;
    }
    return true;
}
