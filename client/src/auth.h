/** Puts a token on each attempt, and a fresh one after a 401: a transport around a transport. */
#ifndef AUTH_H
#define AUTH_H

#include "token.h"

/**
 * Visible so that it can live on a stack. A second 401 is passed on: it is final. A token that
 * cannot be had for a reason that may pass is COG_ERROR_UNAVAILABLE: the request was not sent.
 */
struct cog_auth {
    struct cog_transport inner;
    struct cog_token_manager *tokens; /**< Borrowed. */
    struct cog_log log;
};

struct cog_transport cog_auth_transport(struct cog_auth *auth);

#endif
