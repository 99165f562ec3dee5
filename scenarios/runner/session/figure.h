/** Large numbers as people read them. */
#ifndef SCN_FIGURE_H
#define SCN_FIGURE_H

#include <stdint.h>

enum { SCN_FIGURE_SIZE = 32 };

/** "1,234,567". Returns `buffer`. */
const char *scn_figure_format(int64_t number, char buffer[SCN_FIGURE_SIZE]);

#endif
