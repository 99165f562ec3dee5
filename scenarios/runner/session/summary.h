/** The line at the end of a run. */
#ifndef SCN_SUMMARY_H
#define SCN_SUMMARY_H

#include "judge/findings.h"

#include <stdint.h>

struct scn_summary {
    size_t counts[SCN_INCONCLUSIVE + 1]; /**< By verdict. */
    size_t skipped_count;                /**< Not run. */
    int64_t virtual_ms;
    int64_t real_ms;
};

enum { SCN_SUMMARY_SIZE = 256 };

/** "36 passed, 0 failed, 0 inconclusive; 9h12m of virtual time in 0.41 s: 80,000 times faster" */
const char *scn_summary_format(const struct scn_summary *summary, char buffer[SCN_SUMMARY_SIZE]);

#endif
