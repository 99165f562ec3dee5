/* What the verbs that explore have in common. */
#include "program/verbs.h"

#include <unistd.h>

size_t scn_program_workers(size_t wanted)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (wanted > 0) {
        return wanted;
    }
    return count > 0 ? (size_t)count : 1;
}

int scn_program_judge(const struct scn_exploration *exploration)
{
    struct scn_effort sum = {0};
    for (int depth = 1; depth <= SCN_DEPTH_MAX; depth++) {
        const struct scn_effort effort = scn_exploration_sum(exploration, depth);
        scn_effort_add(&sum, &effort);
    }
    if (sum.failed_count > 0) {
        return 1;
    }
    return sum.inconclusive_count > 0 || sum.run_count == 0 ? 2 : 0;
}
