/* What a process has open. */
#include "simulation/leftovers.h"

#include "support/expect.h"

#include <unistd.h>

TestSuite(leftovers, .timeout = 5.0);

Test(leftovers, count_sees_each_open_descriptor)
{
    const int before = scn_descriptors_count();

    const int copy = dup(STDERR_FILENO);

    cr_assert(before > 0 && copy >= 0);
    EXPECT_INT(scn_descriptors_count(), before + 1);
    (void)close(copy);
    EXPECT_INT(scn_descriptors_count(), before);
}

Test(leftovers, nothing_has_leaked_in_a_process_that_did_nothing)
{
    cr_expect(!scn_memory_has_leaked());
}
