/**
 * All ways in which two operators can come between one another: every schedule with at most so many
 * switches. Most faults of this kind need very few of them (Musuvathi and Qadeer, PLDI 2007).
 */
#ifndef SCN_INTERLEAVINGS_H
#define SCN_INTERLEAVINGS_H

#include "judge/findings.h"
#include "language/scenario.h"
#include "simulation/simulation.h"

enum { SCN_SWITCHES_DEFAULT = 2, SCN_SWITCHES_MAX = 8 };

/** What a run of one schedule showed. `{0}` is safe to finish. */
struct scn_interleaving {
    int choice_count; /**< How often either could have gone on: where switches can be added. */
    char course[COG_DIGEST_SIZE]; /**< Of its trace: runs that have the same one are the same. */
    struct scn_findings findings; /**< Of the invariants, for both operators. */
};

/**
 * Runs one schedule and judges it by the invariants: what the scenario expects is about another
 * schedule, its own.
 *
 * @param scenario has a second operator
 * @param options transport and seed
 * @return COG_OK, whatever was found; else as `scn_simulation_run`
 */
enum cog_code scn_interleaving_run(const struct scn_scenario *scenario,
                                   const struct scn_simulation_options *options,
                                   const struct scn_turns *turns,
                                   struct scn_interleaving *out_interleaving,
                                   struct cog_error *error) COG_CHECK;

void scn_interleaving_finish(struct scn_interleaving *interleaving);

/** The scenario as a document of its own, with those turns. @param out_text owned by the caller */
enum cog_code scn_interleaving_format(const struct scn_scenario *scenario,
                                      const struct scn_turns *turns, char **out_text,
                                      struct cog_error *error) COG_CHECK;

struct scn_interleavings_options {
    int switches_max; /**< At most SCN_SWITCHES_MAX; SCN_SWITCHES_DEFAULT finds most. */
    bool adds_to_all; /**< Also to a schedule that ran like one before: finds the same, later. */
};

/** Who runs the schedules. */
struct scn_interleavings_visitor {
    /**
     * @param out_seen `choice_count` and `course` are wanted; empty before, finished by the caller
     * @return false to stop
     */
    bool (*visit)(void *context, const struct scn_turns *turns, struct scn_interleaving *out_seen);
    void *context;
};

struct scn_interleavings_summary {
    size_t visited_count;
    size_t same_count; /**< Of those: they ran like one before, and nothing was added to them. */
    bool was_stopped;
};

/**
 * Has each schedule run once, those with fewer switches first.
 *
 * @return COG_OK, also when it was stopped; COG_ERROR_MEMORY
 */
enum cog_code scn_interleavings_visit(const struct scn_interleavings_options *options,
                                      struct scn_interleavings_visitor visitor,
                                      struct scn_interleavings_summary *out_summary,
                                      struct cog_error *error) COG_CHECK;

#endif
