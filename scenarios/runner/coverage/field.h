/** Fields of the client's events, read back from their text. */
#ifndef SCN_FIELD_H
#define SCN_FIELD_H

#include "judge/facts.h"

enum { SCN_FIELD_SIZE = 64 };

bool scn_event_is(const struct scn_event *event, const char *name);

/**
 * The value of the first field of that name, which has no space in it; "" when it is not there.
 * Returns `buffer`; a value that does not fit is cut.
 */
const char *scn_event_field(const struct scn_event *event, const char *key,
                            char buffer[SCN_FIELD_SIZE]);

bool scn_event_field_is(const struct scn_event *event, const char *key, const char *value);

/** As a number of milliseconds; -1 when it is not there. */
int64_t scn_event_field_ms(const struct scn_event *event, const char *key);

#endif
