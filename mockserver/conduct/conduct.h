/**
 * A verdict on how a client behaves, whoever it is, from what is in the journal alone. A rule finds
 * fault only where the client could have known better: so intervals count from the answer's
 * sending, draws of full jitter are no flat backoff, a token's life is what its client was told,
 * and where the server's clock stands still or jumps, the base clock speaks for the client.
 *
 * Which requests are attempts of one call is the tracker's to say: by X-Request-Id, or without it
 * by path and outcome. A client that gives every attempt another id has no attempts here; what is
 * not about attempts (early_retry, unkeyed_repeat, fast_polling, tokens) is seen all the same.
 */
#ifndef MOCK_CONDUCT_CONDUCT_H
#define MOCK_CONDUCT_CONDUCT_H

#include "v1/body.h"

#include <cogmock/server.h>

struct mock_conduct_options {
    /** So much earlier is not too early: a network's or a timer's doing. */
    int64_t tolerance_ms;
    int64_t poll_interval_ms; /**< For polls whose answer said nothing; 0: any will do. */
    int64_t attempts_max;     /**< Of one call; polls and webhooks have limits in time. */
    int64_t since;            /**< Only requests with a higher number. */
    const char *client;       /**< An OAuth client id: only its requests. NULL: everybody's. */
};

#define MOCK_CONDUCT_OPTIONS_DEFAULT                                                               \
    ((struct mock_conduct_options){.tolerance_ms = 50, .attempts_max = 3})

/**
 * Adds `verdict` ("good" or "bad"), `requests` (how many were looked at), `findings` and
 * `intervals` to `body`.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_conduct_judge(const struct mock_server *server,
                                 const struct mock_conduct_options *options,
                                 struct mock_body *body) COG_CHECK;

#endif
