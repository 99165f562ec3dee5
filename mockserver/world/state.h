/**
 * The whole world as JSON, to be saved, looked at, changed by hand, and loaded again: jobs that run
 * go on as if nothing had been. What is written of a world that was read is what was read.
 */
#ifndef MOCK_WORLD_STATE_H
#define MOCK_WORLD_STATE_H

#include "world/world.h"

#include <cogbase/document.h>

/** The number of this form: member `format`. */
enum { MOCK_STATE_FORMAT = 1 };

/**
 * Writes the world, without its tokens and without a digest. Others add members of their own
 * (`tokens`, `rate`), and then `digest`.
 *
 * @param out_state owned by the caller
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_state_write(const struct mock_world *world, cJSON **out_state) COG_CHECK;

/**
 * SHA-256 of the canonical form (RFC 8785) without the member `digest`.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_state_digest(const cJSON *state, char out_digest[COG_DIGEST_SIZE]) COG_CHECK;

/** Adds the member `digest`, which comes last. @return as above */
enum cog_code mock_state_seal(cJSON *state) COG_CHECK;

/**
 * Reads a state, with every rule of the world checked. The digest, if there is one, must fit. The
 * members `tokens` and `rate` are their owners' to read.
 *
 * @param state an object of `document`: its root, most often
 * @param setup of everything that begins later; must outlive the world, or be replaced
 * @param seed of tokens
 * @return COG_OK, COG_ERROR_SYNTAX ("name:line:column: …"), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_state_read(const struct cog_document *document, const cJSON *state,
                              const struct mock_setup *setup, uint64_t seed,
                              struct mock_world **out_world, struct cog_error *error) COG_CHECK;

#endif
