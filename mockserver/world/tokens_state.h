/** Clients and tokens in a saved state. */
#ifndef MOCK_WORLD_TOKENS_STATE_H
#define MOCK_WORLD_TOKENS_STATE_H

#include "world/tokens.h"

#include <cjson/cJSON.h>

/**
 * Adds the members `since_ms`, `random`, `issued`, `clients` and `tokens`. Secrets and the texts of
 * tokens are in them: a token that works goes on working where this is read.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_tokens_append_state(const struct mock_tokens *tokens, cJSON *object) COG_CHECK;

/**
 * Replaces clients and tokens by those of such an object; the setup stays.
 *
 * @return COG_OK; COG_ERROR_PROTOCOL (the error says which member), COG_ERROR_MEMORY: nothing has
 * changed
 */
enum cog_code mock_tokens_read_state(struct mock_tokens *tokens, const cJSON *object,
                                     struct cog_error *error) COG_CHECK;

#endif
