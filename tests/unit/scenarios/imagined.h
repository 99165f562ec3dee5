/**
 * Runs that nobody makes: what comes of one is read from its scenario, at once. All bases have
 * three looks at a job, and each status that is injected leads to a course of its own, but for
 * those of a hundred: 500 and 503 come to the same.
 */
#ifndef IMAGINED_H
#define IMAGINED_H

#include "explore/search/search.h"

enum { IMAGINED_BASES_MAX = 2, IMAGINED_PATH_SIZE = 64 };

/** What goes wrong: parts of a run as it is noted, "1=500" or "1=500 2=503"; NULL for none. */
struct imagined_wrongs {
    const char *dies;        /**< The process does. */
    const char *hangs;       /**< The run does not end. */
    const char *fails;       /**< A rule is broken. */
    const char *is_idle;     /**< Something never strikes. */
    const char *contradicts; /**< There is no such scenario. */
};

struct imagined {
    struct scn_catalogue catalogue;
    struct scn_base bases[IMAGINED_BASES_MAX];
    struct scn_search_options options;
    struct scn_exploration exploration;
    struct cog_error error;
    char notes_path[IMAGINED_PATH_SIZE]; /**< A line for each run that was made. */
    char state_path[IMAGINED_PATH_SIZE];
    char *notes; /**< Owned. */
};

/**
 * One base, depth 2, without pruning, by one process.
 *
 * @param kind pattern of the faults: "status_50[03]"
 */
void imagined_init(struct imagined *imagined, const char *kind);

/** Another base with the same faults. */
void imagined_add_base(struct imagined *imagined);

/** From now on. Texts are borrowed. */
void imagined_go_wrong(struct imagined_wrongs wrongs);

/** Forgets what was found and noted before. */
enum cog_code imagined_run(struct imagined *imagined);

/** How often such a run was made: "one: 1=500". */
size_t imagined_count(struct imagined *imagined, const char *run);

/** How many runs were made with so many faults. */
size_t imagined_count_all(struct imagined *imagined, int fault_count);

void imagined_finish(struct imagined *imagined);

#endif
