/** JSON laid out as people write scenarios: what fits a line stands on one line. */
#ifndef SCN_LAYOUT_H
#define SCN_LAYOUT_H

#include <cogbase/text.h>

#include <cjson/cJSON.h>

enum { SCN_LAYOUT_WIDTH = 110 };

/** @return owned by the caller, free(); without a line feed at its end; NULL without memory */
char *scn_layout_format(const cJSON *json) COG_CHECK;

/** On one line, however long: `{"a": [1, 2]}`. Without memory the text has failed. */
void scn_layout_append_line(struct cog_text *text, const cJSON *json);

#endif
