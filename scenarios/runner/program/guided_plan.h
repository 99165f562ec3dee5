/** A guided drill before it begins: which one, where, with which programs. */
#ifndef SCN_GUIDED_PLAN_H
#define SCN_GUIDED_PLAN_H

#include "drill/drill.h"
#include "drill/guided/debrief.h"
#include "program/rehearse_arguments.h"

/** `{0}` is empty and safe to finish. Texts are owned. */
struct scn_guided_plan {
    const struct scn_rehearse_arguments *arguments; /**< Borrowed. */
    struct scn_drill drill;
    struct scn_debrief debrief; /**< What the command line says of it. */
    bool is_secret;             /**< It was drawn. */
    bool is_real;               /**< Against a server that is no fake. */
    uint64_t seed;
    int64_t held_unix_ms;
    char *folder;
    char *mock_program;
    char *client_program;
    char *history_path;
    char *tmux; /**< NULL: the terminal is not split. */
};

/**
 * Decides everything, and makes the folder. What would make a drill be held for nothing is told
 * now: a history that is broken, a report that cannot be written, a server that may not be used.
 *
 * @param arguments must outlive the plan
 * @return 0; else what was wrong is told: SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT, SCN_EXIT_NO_OUTPUT,
 *         SCN_EXIT_SOFTWARE
 */
int scn_guided_plan_make(const struct scn_rehearse_arguments *arguments,
                         struct scn_guided_plan *out_plan);

void scn_guided_plan_finish(struct scn_guided_plan *plan);

#endif
