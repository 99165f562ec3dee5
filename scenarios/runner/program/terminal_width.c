#include "program/terminal_width.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_DEFAULT = 80 };

int scn_terminal_width(void)
{
    static const int descriptors[] = {STDOUT_FILENO, STDIN_FILENO};
    for (int i = 0; i < 2; i++) {
        struct winsize size = {0};
        if (ioctl(descriptors[i], TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
            return size.ws_col;
        }
    }
    return COLUMNS_DEFAULT;
}
