/** How a foreign client ended: all that it says of the outcome is in it. */
#ifndef SCN_ENDING_H
#define SCN_ENDING_H

#include "foreign/child.h"
#include "foreign/exit_map.h"

struct scn_ending {
    struct scn_child_end process; /**< Of the last one. */
    uint32_t meaning;             /**< Of its exit code; 0: nobody said. */
    bool is_overdue;              /**< It had to be killed at its limit. */
    int64_t limit_ms;             /**< That limit, in real time. */
    size_t lost_output;           /**< Bytes of its output that were not kept. */
    double scale;                 /**< How many times as fast the fake's clock ran. */
};

#endif
