/** Runs the client as if nobody did, and notes that it ran. */
#ifndef SCN_CLIENT_RECORDER_H
#define SCN_CLIENT_RECORDER_H

/** Everything is borrowed. */
struct scn_recorder_options {
    const char *folder;       /**< Of the drill. */
    const char *program;      /**< The client's path. */
    char *const *words;       /**< Its arguments, without its own name; ends with NULL. */
    char *const *environment; /**< "NAME=value", ends with NULL. */
};

/**
 * The client gets the terminal's lines and every signal once, stops and goes on with us, and is
 * noted in the folder's commands. It is a process group of its own, so that what ends it does not
 * end its neighbours in a pipe.
 *
 * @return its exit code. When a signal ended it, this process ends by the same one
 */
int scn_recorder_run_client(const struct scn_recorder_options *options);

#endif
