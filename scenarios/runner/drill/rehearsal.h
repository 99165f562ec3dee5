/** One rehearsal of a drill, judged. */
#ifndef SCN_REHEARSAL_H
#define SCN_REHEARSAL_H

#include "drill/drill.h"
#include "drill/timeline.h"
#include "run.h"

struct scn_client;

/** `{0}` is empty and safe to finish. */
struct scn_rehearsal {
    uint64_t seed;
    struct scn_timeline timeline;
    struct scn_figures figures;
    struct scn_check_results checks;
    struct scn_score score;
    struct scn_findings findings;      /**< Of the run as such: expectations and rules. */
    bool has_audit;                    /**< `audit` is known. */
    struct cog_audit_inspection audit; /**< Of the client's audit file, as the run left it. */
    char *record; /**< As report/record.h has it; NULL where it was not wanted. Owned. */
};

struct scn_rehearsal_options {
    uint64_t seed;
    enum scn_transport transport;
    const struct scn_client *client; /**< A foreign one; NULL: ours. Borrowed. */
    bool wants_record;
};

/**
 * Judges what is known of a run. What was aborted is inconclusive, unless it has failed by
 * then; what stopped so that nothing can be told of it is that in any case.
 *
 * @param out_rehearsal but for its findings and record
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_rehearsal_judge(const struct scn_drill *drill,
                                  const struct scn_evidence *evidence,
                                  struct scn_rehearsal *out_rehearsal,
                                  struct cog_error *error) COG_CHECK;

/**
 * Runs it without people, in virtual time (a foreign client: in scaled time), and judges that. A
 * run that breaks a rule, or what its scenario expects, has failed even where no point of the
 * checklist asks for that. One that could not be made, or whose client cannot be started, is
 * inconclusive, and its findings say why.
 *
 * @return COG_OK whatever the verdict; COG_ERROR_MEMORY; COG_ERROR_CONFIGURATION: it is none for
 *         that client, and why
 */
enum cog_code scn_rehearsal_run(const struct scn_drill *drill,
                                const struct scn_rehearsal_options *options,
                                struct scn_rehearsal *out_rehearsal,
                                struct cog_error *error) COG_CHECK;

void scn_rehearsal_finish(struct scn_rehearsal *rehearsal);

#endif
