/** The faults that can strike one server: its script's, and those that were armed while it ran. */
#ifndef MOCK_SCRIPT_ARMED_H
#define MOCK_SCRIPT_ARMED_H

#include "script/scenario.h"

/** So many strike one request together at most; what is over that has lost. */
enum { MOCK_STRIKE_MAX = 8 };

/** Held by its arsenal, and by each request that it strikes. */
struct mock_armed {
    int holder_count;
    uint64_t number; /**< From 1; never given twice. */
    const struct mock_fault *fault;
    struct mock_script *script; /**< Held: whose fault it is. NULL for one of its own. */
    struct mock_fault *own;     /**< Owned; NULL for a script's. */
    bool is_scripted;           /**< The scenario arms it: at the start, or by an inject. */
    int64_t armed_ms;
    int64_t from_ms;  /**< On the server's clock. */
    int64_t until_ms; /**< INT64_MAX for never. */
    int64_t struck_count;
    int64_t lost_count; /**< How often another one struck in its place. */
};

struct mock_armed_list {
    struct mock_armed **items;
    size_t count;
    size_t capacity;
};

/** `{0}` is empty and safe to finish. */
struct mock_arsenal {
    uint64_t seed;
    uint64_t last_number;
    struct mock_armed_list all;                      /**< In the order in which they were armed. */
    struct mock_armed_list by_call[MOCK_CALL_COUNT]; /**< UNKNOWN: those of connections. */
};

/** Arms all faults of a script. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_arsenal_init(struct mock_arsenal *arsenal, struct mock_script *script,
                                uint64_t seed) COG_CHECK;

void mock_arsenal_finish(struct mock_arsenal *arsenal);

/**
 * Arms one more.
 *
 * @param fault moved into the arsenal, and empty afterwards; untouched on failure
 * @param out_armed borrowed; may be NULL
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_arsenal_add(struct mock_arsenal *arsenal, struct mock_fault *fault,
                               int64_t now_ms, struct mock_armed **out_armed) COG_CHECK;

/** NULL when there is none of that number. */
struct mock_armed *mock_arsenal_find(const struct mock_arsenal *arsenal, uint64_t number);

/** What it strikes at this moment stays struck. @param armed of this arsenal */
void mock_arsenal_remove(struct mock_arsenal *arsenal, struct mock_armed *armed);

/** Whether any fault of connections is armed, now or at another time. */
bool mock_arsenal_has_connect(const struct mock_arsenal *arsenal);

/** The first fault of connections that is there now; NULL for none. */
struct mock_armed *mock_arsenal_connect(const struct mock_arsenal *arsenal, int64_t now_ms);

/** When the answer to that changes next by itself; INT64_MAX for never. */
int64_t mock_arsenal_next_ms(const struct mock_arsenal *arsenal, int64_t now_ms);

/** What strikes one request. `{0}` is nothing. */
struct mock_strike {
    struct mock_armed *items[MOCK_STRIKE_MAX]; /**< Held; in the order in which they were armed. */
    size_t count;
    struct mock_armed *chief;                 /**< Which spoils the answer; NULL for none. */
    struct mock_armed *lost[MOCK_STRIKE_MAX]; /**< Held; would have struck as well. */
    size_t lost_count;
};

/**
 * Finds out which faults strike a request, and counts that: all that only add to an answer, and
 * the first one of all others.
 */
void mock_arsenal_strike(struct mock_arsenal *arsenal, const struct mock_address *address,
                         int64_t now_ms, struct mock_strike *out_strike);

void mock_strike_finish(struct mock_strike *strike);

/** Whether its draw for that request is below its probability: the same whatever came between. */
bool mock_armed_draws(const struct mock_armed *armed, uint64_t seed,
                      const struct mock_address *address);

/** How often it can still strike; -1 for any number. */
int64_t mock_armed_remaining(const struct mock_armed *armed);

#endif
