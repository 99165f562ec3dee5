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
    const struct scn_effort sum = scn_exploration_sum_all(exploration);
    if (sum.failed_count > 0) {
        return 1;
    }
    return sum.inconclusive_count > 0 || sum.run_count == 0 ? 2 : 0;
}
