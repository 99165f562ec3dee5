/**
 * How long one exchange may take, and how far it got: the limits that every transport keeps, in the
 * same words.
 */
#ifndef COGBASE_PATIENCE_H
#define COGBASE_PATIENCE_H

#include <cogpromote/transport.h>

/** All times are on the transport's monotonic clock. */
struct cog_patience {
    const struct cog_request *request;
    int64_t connect_timeout_ms; /**< Until a connection stands; 0 for no limit. */
    int64_t idle_timeout_ms;    /**< From then on, while nothing moves; 0 for no limit. */
    int64_t start_ms;
    int64_t active_ms; /**< When something was last seen to move. */
    bool is_connected;
    bool is_sent; /**< Some byte of the request went out. */
};

/**
 * Whether a request may begin at all.
 *
 * @return COG_OK, COG_ERROR_CANCELLED, COG_ERROR_DEADLINE
 */
enum cog_code cog_patience_check_start(const struct cog_request *request, int64_t now_ms,
                                       struct cog_error *error) COG_CHECK;

/** When the first of the limits is reached. */
int64_t cog_patience_until_ms(const struct cog_patience *patience);

/**
 * Says which limit was reached, and the flag to change it.
 *
 * @return COG_ERROR_TIMEOUT when the request went out; else COG_ERROR_UNREACHABLE or
 *         COG_ERROR_DEADLINE
 */
enum cog_code cog_patience_fail(const struct cog_patience *patience, struct cog_error *error);

/**
 * Says that it was cancelled. What acts may have acted by now, if it went out.
 *
 * @return COG_ERROR_CANCELLED, or COG_ERROR_NETWORK
 */
enum cog_code cog_patience_fail_cancelled(const struct cog_patience *patience,
                                          struct cog_error *error);

#endif
