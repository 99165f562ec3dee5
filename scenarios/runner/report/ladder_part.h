/** What the files of the ladder share. */
#ifndef SCN_LADDER_PART_H
#define SCN_LADDER_PART_H

#include <cogbase/text.h>

#include <cjson/cJSON.h>
#include <stdint.h>

enum { SCN_LADDER_INDENT = 18 };

/** "" for one that is not there, or is no string. */
const char *scn_ladder_string(const cJSON *object, const char *name);

/** 0 for one that is not there, or is no number. */
int64_t scn_ladder_number(const cJSON *object, const char *name);

/** Appends text at the column, in as many lines as it needs; the first one has begun already. */
void scn_ladder_wrap(struct cog_text *text, size_t column, const char *string);

/** "   0.350s " */
void scn_ladder_append_time(struct cog_text *text, int64_t at_ms);

/** The line of one request. */
void scn_ladder_append_exchange(struct cog_text *text, const cJSON *exchange);

/** What an event means, in words. */
void scn_ladder_append_words(struct cog_text *text, const cJSON *event);

/** "expected …" and "got …". */
void scn_ladder_append_comparison(struct cog_text *text, const cJSON *record);

/** How it ended, and what was true by then. */
void scn_ladder_append_end(struct cog_text *text, const cJSON *record);

#endif
