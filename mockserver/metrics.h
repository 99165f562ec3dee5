/** Counters over all servers of a process: they only grow, whatever becomes of a server. */
#ifndef MOCK_METRICS_H
#define MOCK_METRICS_H

#include "script/call.h"

#include <stdint.h>

/** Of statuses: none at all, 1xx to 5xx. */
enum { MOCK_METRICS_CLASS_COUNT = 6 };

/** `{0}` is the beginning. */
struct mock_metrics {
    uint64_t answers[MOCK_CALL_COUNT][MOCK_METRICS_CLASS_COUNT];
    uint64_t faults[MOCK_CALL_COUNT];
    uint64_t injects; /**< That struck, to some purpose. */
    uint64_t control_answers[MOCK_METRICS_CLASS_COUNT];
};

/** The class of a status, for the arrays above. */
int mock_metrics_class(int status);

#endif
