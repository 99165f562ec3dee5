/**
 * A client of one platform: credentials, token, connections, state. Each step of a promotion can be
 * called alone, here; whole runs are in promote.h.
 */
#ifndef COGPROMOTE_CLIENT_H
#define COGPROMOTE_CLIENT_H

#include <cogpromote/clock.h>
#include <cogpromote/config.h>
#include <cogpromote/log.h>
#include <cogpromote/parity.h>
#include <cogpromote/platform.h>
#include <cogpromote/random.h>
#include <cogpromote/storage.h>
#include <cogpromote/transport.h>

/** The five things that differ between production and simulation. All are borrowed. */
struct cog_seams {
    struct cog_transport transport; /**< The wire itself; retry and auth are put around it. */
    struct cog_clock clock;
    struct cog_random random;
    struct cog_storage storage;
    struct cog_log log;
};

/**
 * Thread-safe as far as its seams are, and those of production all are: any number of threads may
 * call any function with one client at once; a client is not for use on both sides of a fork().
 * They share one token (one request fetches it, however many ask), one retry budget and the
 * connections.
 */
struct cog_client;

/**
 * @param config checked (`cog_config_check`); borrowed, like everything in `seams`, and not changed
 * while the client lives
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
COG_API enum cog_code cog_client_create(const struct cog_config *config,
                                        const struct cog_seams *seams,
                                        struct cog_client **out_client,
                                        struct cog_error *error) COG_CHECK;

/** Wipes what is secret. No call may be under way. NULL does nothing. */
COG_API void cog_client_destroy(struct cog_client *client);

/**
 * The steps, in the platform's notions: fetch a token and its scopes, count sessions, check health,
 * simulate, measure, promote, poll, roll back, cancel. Borrowed from the client.
 */
COG_API struct cog_platform cog_client_platform(struct cog_client *client);

/** The request that the configuration describes; its texts are borrowed from the configuration. */
COG_API struct cog_promotion_request cog_client_request(const struct cog_client *client);

/** A call of the API that this library has no function for. Every pointer is borrowed. */
struct cog_client_call {
    const char *method; /**< "GET" or "POST". */
    const char *path;   /**< Behind the base URL, percent-encoded, with its query: "/health". */
    const char *body;   /**< JSON; NULL for none. */
    bool acting;        /**< Repeating it could do something twice: it is never repeated unasked. */
};

/**
 * Sends with a token, retries and all limits. Any HTTP status is COG_OK.
 *
 * @return COG_OK, COG_ERROR_ARGUMENT, what `struct cog_platform_ops` names
 */
COG_API enum cog_code cog_client_send(struct cog_client *client, const struct cog_client_call *call,
                                      struct cog_limits limits, struct cog_response *out_response,
                                      struct cog_error *error) COG_CHECK;

/** Whether an environment may be promoted into now. */
struct cog_readiness {
    int64_t session_count;
    bool is_healthy;
    bool answers;                 /**< The synthetic conversation. */
    char reason[COG_REASON_SIZE]; /**< The first thing that stands against it; empty: ready. */
};

/**
 * Asks once: sessions, health, a synthetic conversation.
 *
 * @return COG_OK also for «not ready»; COG_ERROR_UNAUTHORIZED and the like when it cannot be asked
 */
COG_API enum cog_code cog_client_check(struct cog_client *client, const char *environment_id,
                                       struct cog_limits limits,
                                       struct cog_readiness *out_readiness,
                                       struct cog_error *error) COG_CHECK;

/**
 * Polls a job until it has ended or the deadline comes.
 *
 * @param observer told of each change; `{0}` for nobody
 * @param out_job as last seen
 * @return COG_OK; COG_ERROR_DEADLINE, COG_ERROR_CANCELLED, or why it cannot be seen any more
 */
COG_API enum cog_code cog_client_follow(struct cog_client *client, const char *job_id,
                                        struct cog_limits limits, struct cog_log observer,
                                        struct cog_job *out_job, struct cog_error *error) COG_CHECK;

#endif
