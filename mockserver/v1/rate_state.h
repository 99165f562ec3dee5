/** What has been counted against rate limits, in a saved state. */
#ifndef MOCK_V1_RATE_STATE_H
#define MOCK_V1_RATE_STATE_H

#include "v1/rate.h"

#include <cjson/cJSON.h>

/** Adds the members `refused`, `early` and `limits`. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_rate_append_state(const struct mock_rate *rate, cJSON *object) COG_CHECK;

/**
 * Replaces what has been counted by that of such an object.
 *
 * @param limits those that hold now; one that was another when the state was saved begins anew
 * @return COG_OK; COG_ERROR_PROTOCOL (the error says which member), COG_ERROR_MEMORY: nothing has
 * changed
 */
enum cog_code mock_rate_read_state(struct mock_rate *rate, const struct mock_rate_limits *limits,
                                   const cJSON *object, struct cog_error *error) COG_CHECK;

#endif
