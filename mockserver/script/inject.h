/**
 * What a scenario does to its server behind the client's back, as its member `injects` tells. Not
 * to be mixed up with what a fault does to an answer, its member `inject`: that is an injection.
 */
#ifndef MOCK_SCRIPT_INJECT_H
#define MOCK_SCRIPT_INJECT_H

#include "script/call.h"
#include "world/setup.h"

#include <cogbase/document.h>
#include <cogmock/injects.h>

enum {
    MOCK_INJECT_NAME_LENGTH_MAX = 64,
    MOCK_INJECT_TEXT_LENGTH_MAX = 500,
    MOCK_INJECT_FAULTS_MAX = 100,
};

/** What becomes of the newest job. */
enum mock_inject_order {
    MOCK_INJECT_ORDER_NONE,
    MOCK_INJECT_ORDER_FAIL,
    MOCK_INJECT_ORDER_HOLD,
    MOCK_INJECT_ORDER_COMPLETE,
    MOCK_INJECT_ORDER_PROGRESS,
    MOCK_INJECT_ORDER_RELEASE,
};

/** `{0}` is safe to finish. */
struct mock_inject {
    char name[MOCK_INJECT_NAME_LENGTH_MAX + 1];
    char *text;           /**< Owned; "" for none. */
    char *description;    /**< Owned. */
    enum mock_call after; /**< UNKNOWN: the start. */
    int64_t earliest_ms;
    int64_t latest_ms;
    enum mock_inject_order order;
    char reason[MOCK_REASON_SIZE]; /**< Of FAIL. */
    int progress;                  /**< Of PROGRESS. */
    struct cog_document server;    /**< Members of `server`; without a root for none. */
    struct cog_document faults;    /**< {"faults": […]}; likewise. */
};

/** Releases what the inject owns. */
void mock_inject_finish(struct mock_inject *inject);

/**
 * Reads one inject. Whether its `server` fits the script is left to who knows that.
 *
 * @param out_inject empty; has to be finished by the caller, also on failure
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code mock_inject_read(const struct cog_document *document, const cJSON *node,
                               struct mock_inject *out_inject, struct cog_error *error) COG_CHECK;

/** So long after what it waits for it strikes: within its window, as the seed has it. */
int64_t mock_inject_delay_ms(const struct mock_inject *inject, uint64_t seed);

#endif
