/** What really happened, for a judge: the fake's own knowledge, not what it told its client. */
#ifndef COGMOCK_TRUTH_H
#define COGMOCK_TRUTH_H

#include <cogbase/digest.h>
#include <cogmock/server.h>

#include <stdbool.h>

/** How far an exchange has come. */
enum mock_exchange_state {
    MOCK_EXCHANGE_ARRIVED,   /**< Its head is there; its body may still be on the way. */
    MOCK_EXCHANGE_ANSWERED,  /**< The plan is made; it may wait for the clock, or for ever. */
    MOCK_EXCHANGE_DONE,      /**< Carried out to its end, which may be a fault's. */
    MOCK_EXCHANGE_ABANDONED, /**< The client went away before. */
};

/** "arrived", "answered", "done", "abandoned" */
const char *mock_exchange_state_name(enum mock_exchange_state state);

/** One request as it arrived and was answered. Texts are borrowed from the server. */
struct mock_exchange {
    uint64_t number; /**< From 1; never given twice. */
    enum mock_exchange_state state;
    int64_t at_ms;       /**< Arrival of the head, since the server's start. */
    int64_t answered_ms; /**< When the plan was made; -1 before. */
    int64_t done_ms;     /**< When the exchange ended; -1 before. */
    /** The same on the base clock, by which a client in real time counts whatever the server's own
     * clock does; 0 before. */
    int64_t base_at_ms;
    int64_t base_answered_ms;
    int64_t base_done_ms;
    const char *method;
    /** Behind the tenant's prefix, as on the wire. */
    const char *target;
    const struct mock_header *headers;
    size_t header_count;
    const char *call;  /**< "promote", …; "unknown" for a path or method that the API lacks. */
    int nth;           /**< The n-th logical call of that name, from 1. */
    int attempt;       /**< The attempt of that call, from 1. */
    int status;        /**< Sent or meant to be sent; 0 for none. */
    bool applied;      /**< The world was asked (and may have changed) by it. */
    const char *fault; /**< The name of the fault that spoilt it; NULL for none. */
    /** All faults that struck: "f-1 promote: delay, applied; f-2 …", and those that would have,
     * but for another one: "f-3 … (lost)". NULL for none. */
    const char *faults;
    /** Kinds of those that struck, with a space between: "delay status_500_applied redirect_302".
     * NULL for none. */
    const char *fault_kinds;
    /** Who decided the answer: "world", "token", "rate_limit", "fault", …; NULL before. */
    const char *rule;
    const char *why; /**< In a few words; "" for nothing to add. NULL before. */
    /** Behind the API's base, as on the wire, with the query: "/deployments/job-1/status". All of
     * it where it is outside of the base: "/hooks/ci". */
    const char *path;
    uint64_t connection;         /**< Which one it came by, from 1; 0: nobody told. */
    uint64_t connection_request; /**< The n-th request on it, from 1; 0 likewise. */
    /** The OAuth client that its token or its Basic header names; NULL before, and for none. */
    const char *client;
    /** Number of the access token that came with it or that it was given: 1 is "t-1"; 0 for none,
     * and for one that is not known. */
    int64_t token;
    const char *request_id;      /**< Header `X-Request-Id`; NULL when it was not sent or empty. */
    const char *idempotency_key; /**< Header `Idempotency-Key`; NULL as above. */
    const char *body;            /**< As received, cut at 64 KiB; "" for none. */
    size_t body_length;          /**< As received, uncut. */
    bool has_authorization;      /**< Some header `Authorization` was sent. */
    /** Headers `webhook-id`, `webhook-timestamp`, `webhook-signature`; NULL as above. */
    const char *webhook_id;
    const char *webhook_timestamp;
    const char *webhook_signature;
    int64_t retry_after_ms; /**< What the answer's Retry-After asked for; 0 for nothing. */
    int64_t delay_ms;       /**< For which the answer was held back. */
    const struct mock_header *answer_headers;
    size_t answer_header_count;
    const char *answer_body;   /**< Cut at 64 KiB; "" for none. NULL before. */
    size_t answer_body_length; /**< Uncut. */
    bool is_whole;             /**< The answer was meant to arrive whole, as HTTP has it. */
    /** Number of the newest request when this one ended: what has a higher one came after. */
    uint64_t newest_at_end;
};

/** Kept of one server, unless it was created with less; then the oldest go. */
enum {
    MOCK_TRUTH_EXCHANGES_MAX = 100000,
    MOCK_TRUTH_BODY_LENGTH_MAX = 64 << 10, /**< Of a body, the rest of it is cut off. */
};

size_t mock_truth_exchange_count(const struct mock_server *server);

/** Exchanges that had to go for newer ones. */
size_t mock_truth_exchange_dropped_count(const struct mock_server *server);

/** Oldest first; valid until the next request. @param index below the count */
const struct mock_exchange *mock_truth_exchange(const struct mock_server *server, size_t index);

/** The one of that number; NULL when it is not kept. Valid as above. */
const struct mock_exchange *mock_truth_exchange_find(const struct mock_server *server,
                                                     uint64_t number);

/** The number of the newest; 0 before the first one. */
uint64_t mock_truth_exchange_newest(const struct mock_server *server);

/** Forgets all exchanges. Numbers go on; what is forgotten so is not counted as dropped. */
void mock_truth_exchanges_clear(struct mock_server *server);

/** One deployment that was applied, with what came of it. Texts are borrowed. */
struct mock_deployment_truth {
    const char *job_id;
    const char *source_id;
    const char *target_id;
    const char *status;        /**< Now, in the API's words. */
    const char *error;         /**< NULL for none. */
    int64_t created_ms;        /**< Since the server's start. */
    int64_t touched_ms;        /**< When the target's content first changed by it; -1: not yet, or
                                  nobody knows: a saved state does not tell. */
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

/** One delivery that the webhook receiver answered with 2xx. Texts are borrowed. Kept like
 * exchanges: the newest, as many as fit. */
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

/** Faults of the script, still armed, that never struck: a scenario that has one did not test what
 * it says. */
size_t mock_truth_unused_fault_count(const struct mock_server *server);

/** "promote attempt 2: status 429, not applied", borrowed; @param index below the count above */
const char *mock_truth_unused_fault(const struct mock_server *server, size_t index);

/** Every secret that the server knows or gave out (client secrets, tokens); ends with NULL. */
const char *const *mock_truth_secrets(const struct mock_server *server);

#endif
