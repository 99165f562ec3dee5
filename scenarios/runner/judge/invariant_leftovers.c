/* What a run leaves in its process. */
#include "judge/judgement.h"

struct scn_judgement scn_judge_leftovers(const struct scn_facts *facts)
{
    const struct scn_leftovers *left = &facts->leftovers;
    if (left->has_leaked) {
        return scn_judgement_fail("memory was leaked, by this run or by one before it");
    }
    if (left->descriptors_before < 0 || left->descriptors_after < 0) {
        return scn_judgement_inconclusive("the open descriptors could not be counted");
    }
    if (left->descriptors_before != left->descriptors_after) {
        return scn_judgement_fail("%d descriptors were open before the run, and %d after it",
                                  left->descriptors_before, left->descriptors_after);
    }
    return scn_judgement_pass;
}
