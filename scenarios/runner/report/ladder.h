/**
 * A run as a ladder of lines for people: what was expected, what came, each request with its
 * answer, and between them what the client made of it.
 */
#ifndef SCN_LADDER_H
#define SCN_LADDER_H

#include <cjson/cJSON.h>

/** No line is wider, so that with some indentation it fits a screen of 100 columns. */
enum { SCN_LADDER_WIDTH = 96 };

/**
 * @param record as in report/record.h; members that are not there are left out
 * @return owned by the caller, free(); lines that end with a line feed; NULL without memory
 */
char *scn_ladder_format(const cJSON *record);

/** As above, of a record's text. @return NULL also for what is no JSON */
char *scn_ladder_format_text(const char *record);

#endif
