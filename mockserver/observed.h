/**
 * What of all that happens an operator would see, who has a client and the API but not the fake:
 * nothing of faults and injects, and nothing of an answer before it has gone out.
 */
#ifndef MOCK_OBSERVED_H
#define MOCK_OBSERVED_H

#include <cogmock/truth.h>
#include <cogmock/watcher.h>

/** For whom something is shown. */
enum mock_view {
    MOCK_VIEW_ALL,      /**< Who may know everything. */
    MOCK_VIEW_OBSERVER, /**< Who may see what an operator would. */
};

/**
 * An exchange as it looks from outside: not what decided its answer, and that answer only once it
 * has gone out whole. Texts are borrowed as those of `exchange` are.
 */
struct mock_exchange mock_observed_exchange(const struct mock_exchange *exchange);

/** Whether an event may be told, its exchange as above. */
bool mock_observed_has_event(const struct mock_event *event);

#endif
