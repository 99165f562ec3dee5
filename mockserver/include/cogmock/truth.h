/** What really happened, for a judge: the fake's own knowledge, not what it told its client. */
#ifndef COGMOCK_TRUTH_H
#define COGMOCK_TRUTH_H

#include <cogbase/digest.h>
#include <cogmock/server.h>

#include <stdbool.h>

/** One request as it arrived and was answered. Texts are borrowed from the server. */
struct mock_exchange {
    int64_t at_ms;     /**< Arrival, since the server's start. */
    const char *call;  /**< "promote", …; "unknown" for a path or method that the API lacks. */
    int nth;           /**< The n-th logical call of that name, from 1. */
    int attempt;       /**< The attempt of that call, from 1. */
    int status;        /**< Sent or meant to be sent; 0 for none. */
    bool applied;      /**< The world was asked (and may have changed) by it. */
    const char *fault; /**< The injected fault's name; NULL for none. */
    /** Behind the API's base, as on the wire, with the query: "/deployments/job-1/status". All of
     * it where it is outside of the base: "/hooks/ci". */
    const char *path;
    const char *request_id;      /**< Header `X-Request-Id`; NULL when it was not sent or empty. */
    const char *idempotency_key; /**< Header `Idempotency-Key`; NULL as above. */
    const char *body;            /**< As received, cut at 64 KiB; "" for none. */
    bool has_authorization;      /**< Some header `Authorization` was sent. */
    /** Headers `webhook-id`, `webhook-timestamp`, `webhook-signature`; NULL as above. */
    const char *webhook_id;
    const char *webhook_timestamp;
    const char *webhook_signature;
    int64_t retry_after_ms; /**< What the answer's Retry-After asked for; 0 for nothing. */
};

/** Kept of one server; later exchanges are only counted. */
enum { MOCK_TRUTH_EXCHANGES_MAX = 100000 };

size_t mock_truth_exchange_count(const struct mock_server *server);

/** Exchanges that came when MOCK_TRUTH_EXCHANGES_MAX were kept already. */
size_t mock_truth_exchange_dropped_count(const struct mock_server *server);

/** @param index below the count */
const struct mock_exchange *mock_truth_exchange(const struct mock_server *server, size_t index);

/** One deployment that was applied, with what came of it. Texts are borrowed. */
struct mock_deployment_truth {
    const char *job_id;
    const char *source_id;
    const char *target_id;
    const char *status;        /**< Now, in the API's words. */
    const char *error;         /**< NULL for none. */
    int64_t created_ms;        /**< Since the server's start. */
    int64_t ended_ms;          /**< When it completed or failed; -1 while it runs. */
    int sessions_at_start;     /**< Active in the target when it was applied. */
    bool sessions_overridden;  /**< The request asked for it. */
    bool reversible;           /**< A rollback could restore the target. */
    int rollback_count;        /**< Rollbacks applied to it. */
    int64_t rollback_ended_ms; /**< -1: none, or it still runs. */
};

/** Brings the world to the clock's present time first: jobs go on without being polled. */
void mock_truth_advance(struct mock_server *server);

size_t mock_truth_deployment_count(const struct mock_server *server);

/** @param index below the count; in the order in which they were applied */
struct mock_deployment_truth mock_truth_deployment(const struct mock_server *server, size_t index);

/** One delivery that the webhook receiver answered with 2xx. Texts are borrowed. */
struct mock_delivery {
    int64_t at_ms;          /**< Since the server's start. */
    const char *webhook_id; /**< Header `webhook-id`; NULL when it was not sent or empty. */
    const char *signature;  /**< Header `webhook-signature`; NULL likewise. */
    const char *body;
};
size_t mock_truth_delivery_count(const struct mock_server *server);
const struct mock_delivery *mock_truth_delivery(const struct mock_server *server, size_t index);

/**
 * The content digest of an environment now, and as it was at the start.
 *
 * @return false when there is no such environment
 */
bool mock_truth_digest(const struct mock_server *server, const char *environment_id,
                       char out_now[COG_DIGEST_SIZE], char out_start[COG_DIGEST_SIZE]);

/** Faults of the script that never struck: a scenario that has one did not test what it says. */
size_t mock_truth_unused_fault_count(const struct mock_server *server);

/** "promote attempt 2: status 429", borrowed; @param index below the count above */
const char *mock_truth_unused_fault(const struct mock_server *server, size_t index);

/** Every secret that the server knows or gave out (client secrets, tokens); ends with NULL. */
const char *const *mock_truth_secrets(const struct mock_server *server);

#endif
