/** One run in which the client is tortured at one point, and what its judges say. */
#ifndef SCN_ORDEAL_H
#define SCN_ORDEAL_H

#include "torture/point.h"
#include "torture/torment.h"

#include "judge/findings.h"

/** What came of it. `{0}` is safe to finish. */
struct scn_ordeal {
    bool is_reached; /**< The run came as far as the point. */
    struct scn_findings findings;
    char *record; /**< As in report/record.h, where it was wanted and there are findings. Owned. */
};

/**
 * Runs it. The client that was not killed is followed by one that resumes, and has all it needs.
 *
 * @param folder for the client's state, when the point is of its files: removed before it begins
 * @param out_ordeal filled whatever happens: what cannot be run is inconclusive
 */
void scn_ordeal_run(const struct scn_torment *torment, const struct scn_point *point,
                    const char *folder, bool wants_record, struct scn_ordeal *out_ordeal);

void scn_ordeal_finish(struct scn_ordeal *ordeal);

#endif
