#include "session/figure.h"

#include <inttypes.h>
#include <stdio.h>

const char *scn_figure_format(int64_t number, char buffer[SCN_FIGURE_SIZE])
{
    char digits[SCN_FIGURE_SIZE];
    const int length = snprintf(digits, sizeof digits, "%" PRId64, number);
    const int sign = number < 0 ? 1 : 0;
    size_t used = 0;
    for (int i = 0; i < length && used + 2 < SCN_FIGURE_SIZE; i++) {
        if (i > sign && (length - i) % 3 == 0) {
            buffer[used++] = ',';
        }
        buffer[used++] = digits[i];
    }
    buffer[used] = '\0';
    return buffer;
}
