/** A tenant's receivers of webhooks: what was delivered to them, and what they answer. */
#ifndef MOCK_HOOKS_HOOKS_H
#define MOCK_HOOKS_HOOKS_H

#include "hooks/setup.h"
#include "hooks/signature.h"

enum {
    MOCK_HOOK_DELIVERIES_MAX = 1000, /**< Of one tenant; for more the oldest go. */
    MOCK_HOOK_SIZE_MAX = 4 << 20,    /**< Of their texts together, in bytes. */
    MOCK_HOOK_BODY_LENGTH_MAX = 64 << 10,
};

/** One delivery, whatever became of it. Texts are owned; NULL where a header was not sent. */
struct mock_hook_delivery {
    char *hook_id;
    uint64_t request_number; /**< In the journal. */
    int64_t at_ms;
    char *webhook_id;
    char *webhook_timestamp;
    enum mock_signature signature;
    int status;         /**< Of the answer; 0 for none. */
    bool is_broken_off; /**< The answer did not go out in full. */
    char *body;         /**< Cut at MOCK_HOOK_BODY_LENGTH_MAX. */
    size_t body_length; /**< Uncut. */
    size_t size;
};

/** `{0}` is empty and safe to finish: every id is received, and answered with 204. */
struct mock_hooks {
    struct mock_hook_setups setups;         /**< `times` counts down. */
    struct mock_hook_delivery **deliveries; /**< Owned, oldest first. */
    size_t delivery_count;
    size_t delivery_capacity;
    size_t size; /**< Of their texts. */
    uint64_t dropped_count;
};

void mock_hooks_finish(struct mock_hooks *hooks);

/**
 * Takes over what a scenario says.
 *
 * @param before what it said so far: receivers that it leaves as they were go on; NULL for nothing
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_hooks_adopt(struct mock_hooks *hooks, const struct mock_hook_setups *setups,
                               const struct mock_hook_setups *before) COG_CHECK;

/** How a receiver answers the next delivery, which is counted. */
struct mock_hook_setup mock_hooks_take(struct mock_hooks *hooks, const char *id);

/** What a receiver was told to do. @return the default when it was told nothing */
struct mock_hook_setup mock_hooks_setup(const struct mock_hooks *hooks, const char *id);

/** What the caller of `mock_hooks_record` knows of a delivery; copied. */
struct mock_hook_arrival {
    const char *hook_id;
    uint64_t request_number;
    int64_t at_ms;
    int64_t unix_ms; /**< The sender's clock, as far as anybody knows. */
    struct mock_signed_delivery delivery;
    int status;
    bool is_broken_off;
};

/** @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (the cryptographic library refused) */
enum cog_code mock_hooks_record(struct mock_hooks *hooks,
                                const struct mock_hook_arrival *arrival) COG_CHECK;

/** Forgets what a receiver was told and what it got. @return whether there was anything */
bool mock_hooks_forget(struct mock_hooks *hooks, const char *id);

#endif
