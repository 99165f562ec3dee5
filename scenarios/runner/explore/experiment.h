/** One explored run: judged by the invariants alone, unless somebody has said what must come out.
 */
#ifndef SCN_EXPERIMENT_H
#define SCN_EXPERIMENT_H

#include "explore/course.h"
#include "explore/faults/site.h"
#include "run.h"

struct scn_experiment;

struct scn_experiment_options {
    uint64_t seed;
    enum scn_transport transport;
    int repeat_count;                /**< At least 1; each must leave the same trace. */
    bool wants_cells;                /**< Of coverage. */
    bool wants_sites;                /**< For further faults. */
    bool is_expected;                /**< What the scenario expects counts as well. */
    const struct scn_client *client; /**< A foreign one; NULL: ours. Borrowed. */

    /** How whoever explores makes one run; NULL: `scn_experiment_run`. */
    enum cog_code (*run)(const char *text, const struct scn_experiment_options *options,
                         struct scn_experiment *out_experiment, struct cog_error *error);
};

/** `{0}` is empty and safe to finish. */
struct scn_experiment {
    enum scn_result verdict;      /**< Of the invariants, and of the run as such. */
    struct scn_findings findings; /**< What is against it. */
    bool has_struck;              /**< All that was to go wrong did. */
    int exit_code;                /**< The client's. */
    int64_t virtual_ms;           /**< Of all repetitions. */
    struct scn_course course;     /**< Empty when nothing was run. */
    struct scn_sites sites;
    struct scn_cells cells;
};

/**
 * Runs a scenario of one run.
 *
 * @param text as `scn_compose_text` has it
 * @return COG_OK, whatever the verdict; COG_ERROR_SYNTAX: there is no such scenario, because what
 *         it combines contradicts itself, or is none for that client; COG_ERROR_MEMORY
 */
enum cog_code scn_experiment_run(const char *text, const struct scn_experiment_options *options,
                                 struct scn_experiment *out_experiment,
                                 struct cog_error *error) COG_CHECK;

/**
 * Whether a finding with that subject is about a rule, or about the run as such: not about what
 * somebody expects of the scenario.
 *
 * @param is_foreign the client is not ours: then the way in which it ended counts too
 */
bool scn_experiment_counts(const char *subject, bool is_foreign);

void scn_experiment_finish(struct scn_experiment *experiment);

#endif
