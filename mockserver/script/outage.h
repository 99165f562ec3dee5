/** Times in which nobody listens. */
#ifndef MOCK_SCRIPT_OUTAGE_H
#define MOCK_SCRIPT_OUTAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOCK_OUTAGES_MAX = 16 };

/** From `from_ms` on, and until just before `until_ms`. */
struct mock_outage {
    int64_t from_ms; /**< Since the server's start. */
    int64_t until_ms;
};

/** In the order of their times. `{0}` is none. */
struct mock_outages {
    struct mock_outage items[MOCK_OUTAGES_MAX];
    size_t count;
};

bool mock_outages_have(const struct mock_outages *outages, int64_t now_ms);

/** When that changes next; INT64_MAX for never. */
int64_t mock_outages_next_ms(const struct mock_outages *outages, int64_t now_ms);

#endif
