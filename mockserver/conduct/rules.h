/** The rules of conduct. Each looks through all requests and reports what it finds. */
#ifndef MOCK_CONDUCT_RULES_H
#define MOCK_CONDUCT_RULES_H

#include "conduct/chains.h"

/** A refusal's Retry-After has passed before the same is asked again. */
void mock_conduct_check_early_retries(struct mock_judgement *judgement);

/**
 * The waits between attempts grow. Those that a Retry-After decided, and the one behind a 401, do
 * not count. As full jitter draws between 0 and a limit that doubles, a shorter wait proves
 * nothing: flat is what would be so by chance in less than one of a hundred calls,
 *  - no wait at all: each of two or more is at most 5 ms;
 *  - two waits of 100 ms or more that are equal, within 1 %;
 *  - three or more of which the longest is at most a quarter longer than the shortest;
 *  - six or more whose second half (of the first eight, as a limit is reached some time) is not
 *    longer than the first, taken together.
 */
void mock_conduct_check_backoff(struct mock_judgement *judgement, const struct mock_chain *chain);

/** A call is not tried more often than the limit; a repetition after a 401 is not counted. */
void mock_conduct_check_attempts(struct mock_judgement *judgement, const struct mock_chain *chain);

/**
 * A promotion, a rollback or a webhook that may have been taken is not sent again without the
 * first one's key, unless a deployment or its status was read in between, which tells.
 */
void mock_conduct_check_repeats(struct mock_judgement *judgement);

/** A running job is not asked about earlier than the answer before said. */
void mock_conduct_check_polls(struct mock_judgement *judgement);

/** A token is not used when the life that its client was told is over. */
void mock_conduct_check_expired_tokens(struct mock_judgement *judgement);

/** A token is not used again after a 401. */
void mock_conduct_check_dropped_tokens(struct mock_judgement *judgement);

#endif
