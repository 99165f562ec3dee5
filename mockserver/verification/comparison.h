/** How far one call is what was expected. */
#ifndef MOCK_VERIFICATION_COMPARISON_H
#define MOCK_VERIFICATION_COMPARISON_H

#include "verification/expectation.h"

#include <cogmock/truth.h>

enum { MOCK_DIFFERENCES_MAX = 20 }; /**< Told of one call. */

/** `{0}` only counts. */
struct mock_comparison {
    int agreed_count;
    int differing_count;
    /**
     * NULL, or an array that gets `{"member", "expected", "was", "text"}` for each of the first
     * MOCK_DIFFERENCES_MAX; `expected` and `was` are left out where there is nothing. Borrowed.
     */
    cJSON *differences;
    bool failed; /**< Out of memory. */
};

/** What a call shows is compared as the journal shows it: "Authorization" is "Bearer t-1". */
void mock_comparison_run(struct mock_comparison *comparison,
                         const struct mock_expectation *expectation,
                         const struct mock_exchange *exchange);

void mock_comparison_agree(struct mock_comparison *comparison);

/** @param expected NULL for nothing @param actual NULL likewise */
void mock_comparison_differ(struct mock_comparison *comparison, const char *member,
                            const cJSON *expected, const cJSON *actual);

#endif
