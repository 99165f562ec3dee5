/** What every torture has in common: a scenario, its untroubled end, and how runs are held to it.
 */
#ifndef TORTURE_TORMENT_H
#define TORTURE_TORMENT_H

#include "simulation/simulation.h"

/** What a run came to, as far as it must not depend on what was done to the client. */
struct verdict {
    enum cog_outcome outcome;
    size_t deployment_count;
    int rollback_count;
    bool is_target_new;    /**< It has other content than at the start. */
    size_t delivery_count; /**< Different notices that were delivered. */
};

/** A scenario that is run again and again. `{0}` is safe to finish. */
struct torment {
    const char *path;
    struct scn_scenario scenario;
    struct verdict untroubled;
};

/** Reads the scenario and runs it once; ends the program with a message when that fails. */
void torment_init(struct torment *torment, const char *path);
void torment_finish(struct torment *torment);

/** Reads an argument: every so many points are tried. @return 0 when it is none */
int torment_step(const char *text);

/** What `simulation` came to. */
struct verdict verdict_of(const struct scn_simulation *simulation);

/** Says what is different on stderr. @return whether both are the same */
bool verdict_compare(const struct verdict *expected, const struct verdict *found,
                     const char *where);

/**
 * The invariants that hold whatever happens to a client, printed when they do not.
 *
 * @param left_out ids that cannot hold here, such as "I12"; ends with NULL
 */
bool invariants_hold(const struct scn_simulation *simulation, const char *const *left_out,
                     const char *where);

/** One line of TAP with the number of points that were tried. @return `is_ok` */
bool tap_report(int number, bool is_ok, const char *name, size_t point_count);

#endif
