/** Requests that wait for their time: which is due next, whatever their clocks are. */
#ifndef MOCK_HTTP_WAITING_H
#define MOCK_HTTP_WAITING_H

#include "http/parcel.h"

/** A heap. `{0}` is empty and safe to finish. */
struct mock_waiting {
    struct mock_parcel **parcels; /**< Owned array of borrowed parcels. */
    size_t count;
    size_t capacity;
    uint64_t sequence; /**< Of those due at the same time, who came first goes first. */
};

void mock_waiting_finish(struct mock_waiting *waiting);

/** By the parcel's `due_ms` on its clock. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_waiting_add(struct mock_waiting *waiting, struct mock_parcel *parcel) COG_CHECK;

/** @param parcel that is in it */
void mock_waiting_remove(struct mock_waiting *waiting, struct mock_parcel *parcel);

/** Its `due_ms` is another one: behind all that are due at the same time. */
void mock_waiting_update(struct mock_waiting *waiting, struct mock_parcel *parcel);

/** NULL when there is none. */
struct mock_parcel *mock_waiting_first(const struct mock_waiting *waiting);

/** When the first one is due, on the base clock; INT64_MAX for never. */
int64_t mock_waiting_next_ms(const struct mock_waiting *waiting);

/** Some clock was turned: everything may be due at another time. */
void mock_waiting_reorder(struct mock_waiting *waiting);

#endif
