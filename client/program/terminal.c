#include "terminal.h"

#include <cogbase/number.h>

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_DEFAULT = 80, COLUMNS_MAX = 1000 };

struct cog_terminal cog_terminal_of(FILE *stream, const struct cog_command *command)
{
    const char *kind = cog_command_variable(command, "TERM");
    int descriptor = fileno(stream);
    if (isatty(descriptor) == 0 || kind[0] == '\0' || strcmp(kind, "dumb") == 0) {
        return (struct cog_terminal){.descriptor = -1};
    }
    int64_t columns = 0;
    const char *told = cog_command_variable(command, "COLUMNS");
    /* Many a shell exports it; what is no number is nobody's mistake here. */
    if (cog_number_parse_integer(told, 1, COLUMNS_MAX, &columns, NULL) != COG_OK) {
        columns = 0;
    }
    return (struct cog_terminal){
        .is_live = true,
        .has_color = cog_command_variable(command, "NO_COLOR")[0] == '\0',
        .descriptor = descriptor,
        .columns = (int)columns,
    };
}

int cog_terminal_width(const struct cog_terminal *terminal)
{
    struct winsize size = {0};
    if (terminal->descriptor >= 0 && ioctl(terminal->descriptor, TIOCGWINSZ, &size) == 0 &&
        size.ws_col > 0) {
        return size.ws_col;
    }
    return terminal->columns > 0 ? terminal->columns : COLUMNS_DEFAULT;
}
