/**
 * A command as a process group of its own: a shell runs it, its input is empty, and what it prints
 * comes through two pipes.
 */
#ifndef SCN_CHILD_H
#define SCN_CHILD_H

#include <cogpromote/error.h>

#include <sys/types.h>

enum { SCN_CHILD_OUTPUTS = 2 };

struct scn_child {
    pid_t pid;                      /**< Of the shell and of the group; 0: there is none. */
    int outputs[SCN_CHILD_OUTPUTS]; /**< stdout, stderr; they never block; -1: at their end. */
    pid_t guard;                    /**< Ends the group when the runner is gone; 0: none. */
    int guard_pipe;                 /**< Whose end tells it so. */
};

/** Everything is borrowed. */
struct scn_child_command {
    const char *text;         /**< For `/bin/sh -c`. */
    const char *folder;       /**< Where it runs. */
    char *const *environment; /**< All of it: "NAME=value", ends with NULL. */
};

/** How a process ended. */
struct scn_child_end {
    int exit_code;       /**< 128 and the signal, when one ended it. */
    int signal_number;   /**< 0: it ended by itself. */
    bool left_processes; /**< Of its group: they were killed. */
};

/** @return COG_OK, COG_ERROR_INTERNAL (no process, no pipe) */
enum cog_code scn_child_start(const struct scn_child_command *command, struct scn_child *out_child,
                              struct cog_error *error) COG_CHECK;

/** To all of the group. */
void scn_child_signal(const struct scn_child *child, int signal_number);

/** Without waiting; it is still to be reaped. */
bool scn_child_has_ended(const struct scn_child *child);

/** Waits for the end, and ends what is left of its group. */
struct scn_child_end scn_child_reap(struct scn_child *child);

/** Kills what still runs, and closes the pipes. `{0}`, and a finished one, are left alone. */
void scn_child_finish(struct scn_child *child);

#endif
