/** Idempotency-Key: the first accepted answer is repeated to whoever sends the key again. */
#ifndef MOCK_V1_IDEMPOTENCY_H
#define MOCK_V1_IDEMPOTENCY_H

#include "v1/visit.h"

/** The key of a request; NULL where it has none, or keys do not count. */
const char *mock_idempotency_key(const struct mock_visit *visit);

/**
 * Answers a request whose key was seen before: the first answer again, or 422 when it is another
 * request.
 *
 * @param plan empty; its status stays 0 for a new key, or for a request without one
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_idempotency_replay(const struct mock_visit *visit,
                                      struct mock_plan *plan) COG_CHECK;

/** Keeps the answer if it is one that accepts (2xx). @return as above */
enum cog_code mock_idempotency_keep(const struct mock_visit *visit,
                                    const struct mock_plan *plan) COG_CHECK;

void mock_idempotency_finish(struct mock_table *first_answers);

#endif
