/**
 * Two panes in one terminal, by tmux: the screen of a drill, and below it the person's shell. Its
 * server and its settings are the drill's own.
 */
#ifndef SCN_PANES_H
#define SCN_PANES_H

#include <cogpromote/error.h>

#include <stdbool.h>

/** Everything is borrowed. */
struct scn_panes_options {
    const char *tmux;   /**< The path of the program. */
    const char *folder; /**< For its settings and its socket; private, and short-lived. */
    const char *const
        *words; /**< Of the program of the upper pane, "--inside FOLDER" among them. */
    int interrupt_descriptor; /**< Can be read when a signal has come: everything is ended then. */
};

/** How it went in the upper pane. */
struct scn_panes_end {
    int exit_code; /**< -1: it did not come to its end. */
    bool is_interrupted;
};

/* What the program of the upper pane leaves in the folder, for who waits outside. */
#define SCN_PANES_OUTPUT "out"  /**< It writes here what is for people when all is over. */
#define SCN_PANES_ERRORS "err"  /**< Its stderr. */
#define SCN_PANES_EXIT   "exit" /**< Its exit code. */

/**
 * Shows the panes until the upper program has ended.
 *
 * @return COG_OK; COG_ERROR_STORAGE (the folder), COG_ERROR_INTERNAL (no process),
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_panes_run(const struct scn_panes_options *options, struct scn_panes_end *out_end,
                            struct cog_error *error) COG_CHECK;

/**
 * In the upper pane: opens the lower one, with a shell that has read a file, and puts the keys
 * there. The upper one keeps as many rows as it needs.
 *
 * @param folder as above
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_INTERNAL
 */
enum cog_code scn_panes_split(const char *tmux, const char *folder, const char *environment_path,
                              struct cog_error *error) COG_CHECK;

/** In the upper pane: it has the whole terminal again, and the keys. */
void scn_panes_join(const char *tmux, const char *folder);

#endif
