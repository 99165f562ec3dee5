#include "world/platform.h"

#include <stddef.h>

enum { NUMBER_MAX = 99999 };

/* Reads digits up to `stop` and returns what follows it; NULL when the text is another. */
static const char *read_number(const char *text, char stop, int *out_number)
{
    int number = 0;
    const char *cursor = text;
    for (; *cursor >= '0' && *cursor <= '9'; cursor++) {
        number = number * 10 + (*cursor - '0');
        if (number > NUMBER_MAX) {
            return NULL;
        }
    }
    if (cursor == text || *cursor != stop) {
        return NULL;
    }
    *out_number = number;
    return stop == '\0' ? cursor : cursor + 1;
}

bool mock_platform_parse(const char *text, struct mock_platform *out_platform)
{
    struct mock_platform platform = {0};
    const char *cursor = *text == 'v' ? text + 1 : text;
    cursor = read_number(cursor, '.', &platform.major_number);
    if (cursor != NULL) {
        cursor = read_number(cursor, '.', &platform.minor_number);
    }
    if (cursor != NULL) {
        cursor = read_number(cursor, '\0', &platform.patch_number);
    }
    if (cursor == NULL) {
        return false;
    }
    *out_platform = platform;
    return true;
}

bool mock_platform_fits(const struct mock_platform *runtime, const struct mock_platform *needed)
{
    if (runtime->major_number != needed->major_number) {
        return false;
    }
    if (runtime->minor_number != needed->minor_number) {
        return runtime->minor_number > needed->minor_number;
    }
    return runtime->patch_number >= needed->patch_number;
}
