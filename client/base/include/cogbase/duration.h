/** Durations as people write them: "250ms", "30s", "15m", "2h", "1d". */
#ifndef COGBASE_DURATION_H
#define COGBASE_DURATION_H

#include <cogpromote/error.h>

#include <stdint.h>

enum { COG_DURATION_TEXT_SIZE = 32 };

/** One year: nothing here waits longer, and sums of two cannot overflow. */
#define COG_DURATION_MS_MAX INT64_C(31536000000)

/**
 * A decimal number (a fraction is allowed: "1.5s") with its unit ms, s, m, h or d; "0" alone too.
 *
 * @return COG_OK, or COG_ERROR_SYNTAX with a message that says what was expected
 */
enum cog_code cog_duration_parse(const char *text, int64_t *out_ms,
                                 struct cog_error *error) COG_CHECK;

/** The shortest exact form for people: "0s", "250ms", "1m30s", "15m". Returns `buffer`. */
const char *cog_duration_format(int64_t duration_ms, char buffer[COG_DURATION_TEXT_SIZE]);

#endif
