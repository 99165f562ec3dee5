/** OAuth 2.0 client credentials (RFC 6749 4.4): one token, kept until shortly before it expires. */
#ifndef TOKEN_H
#define TOKEN_H

#include <cogpromote/clock.h>
#include <cogpromote/config.h>
#include <cogpromote/log.h>
#include <cogpromote/platform.h>
#include <cogpromote/transport.h>

/* 30 s before it expires, or a tenth of its life where that is less. */
enum { COG_TOKEN_MARGIN_MS = 30000, COG_TOKEN_LIFE_DEFAULT_MS = 3600000 };

/** Everything is borrowed. */
struct cog_token_options {
    struct cog_transport transport; /**< Retries already; adds no authentication. */
    struct cog_clock clock;
    struct cog_log log;
    const char *api_base; /**< Without a trailing slash. */
    const char *client_id;
    const char *client_secret;
    enum cog_basic_encoding basic_encoding;
    int64_t request_timeout_ms;
};

/**
 * Fetches, keeps and drops tokens. Any number of threads may ask: one request fetches the token for
 * all of them, and its failure is the failure of all. Each keeps its own deadline and cancellation;
 * whoever asked and gave up leaves the asking to the next one.
 */
struct cog_token_manager;

enum cog_code cog_token_manager_create(const struct cog_token_options *options,
                                       struct cog_token_manager **out_manager,
                                       struct cog_error *error) COG_CHECK;

/** Wipes the token. NULL does nothing. */
void cog_token_manager_destroy(struct cog_token_manager *manager);

/**
 * The present token, or a fresh one.
 *
 * @param out_token owned by the caller: cog_secret_finish() it
 * @return COG_OK, COG_ERROR_UNAUTHORIZED (the client was refused: the message has the server's
 *         `error` and `error_description`), COG_ERROR_PROTOCOL (an answer without a usable token),
 *         or what the transport returned
 */
enum cog_code cog_token_fetch(struct cog_token_manager *manager, struct cog_limits limits,
                              char **out_token, struct cog_error *error) COG_CHECK;

/** Forgets `token` after a 401, unless a newer one has taken its place. */
void cog_token_drop(struct cog_token_manager *manager, const char *token);

/**
 * What the token may do: `scope` of the token answer, else introspection (RFC 7662), else "".
 *
 * @return COG_OK; else as `cog_token_fetch`; a server without introspection (404, 405, 501) is
 * COG_OK
 */
enum cog_code cog_token_scopes(struct cog_token_manager *manager, struct cog_limits limits,
                               char out_scopes[COG_SCOPES_SIZE], struct cog_error *error) COG_CHECK;

/** Whether a text repeats the token or the client's secret, so that it must not be shown. */
bool cog_token_appears_in(struct cog_token_manager *manager, const char *text);

#endif
