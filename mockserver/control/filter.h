/** Which exchanges somebody wants to see. */
#ifndef MOCK_CONTROL_FILTER_H
#define MOCK_CONTROL_FILTER_H

#include "control/query.h"

#include <cogmock/truth.h>

enum {
    MOCK_FILTER_LIMIT_DEFAULT = 100,
    MOCK_FILTER_LIMIT_MAX = 1000,
};

/** Texts are owned; NULL for any. `{0}` takes nothing, as its limit is 0. */
struct mock_filter {
    char *call;
    char *method;
    char *path;   /**< How the target begins. */
    char *fault;  /**< Its name; "*" for any fault, "" for none. */
    char *state;  /**< "arrived", …: of `enum mock_exchange_state`. */
    char *client; /**< OAuth client id. */
    int64_t status_minimum;
    int64_t status_maximum;
    int64_t since; /**< Only what has a higher number. */
    int64_t limit;
};

/**
 * Reads the parameters call, method, path, fault, state, client, status (404 or 4xx), since, limit.
 *
 * @param limit_default 0: as many as there are, and no parameter `limit`
 * @param out_filter finish it, also on failure
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code mock_filter_read(const struct mock_control_call *call, int64_t limit_default,
                               struct mock_filter *out_filter, struct cog_error *error) COG_CHECK;

bool mock_filter_takes(const struct mock_filter *filter, const struct mock_exchange *exchange);

void mock_filter_finish(struct mock_filter *filter);

#endif
