/** The command that runs a scenario again, as it ran. */
#ifndef SCN_REPLAY_H
#define SCN_REPLAY_H

#include "run.h"

#include <cogbase/text.h>

/** Appends a word as a shell takes it, in single quotes. */
void scn_replay_append_word(struct cog_text *text, const char *word);

/** Appends a word as it is where a shell takes it as it is, else as above. */
void scn_replay_append_plain(struct cog_text *text, const char *word);

/** Appends all that says how a client that is not ours is run, and a space. */
void scn_replay_append_client(struct cog_text *text, const struct scn_client *client);

/** @return owned by the caller, free(); NULL without memory */
char *scn_replay_format(const struct scn_scenario *scenario, const struct scn_run_options *options);

/**
 * The command that tortures the client again at one point of this scenario.
 *
 * @param point "memory 117 lasting"
 * @return owned by the caller, free(); NULL without memory
 */
char *scn_replay_format_torture(const struct scn_scenario *scenario, uint64_t seed,
                                const char *point);

/** "wire", "memory": what carries this scenario's requests, whatever the others have. */
const char *scn_replay_transport(const struct scn_scenario *scenario,
                                 const struct scn_run_options *options);

/** The case's name, as `--case` takes it; NULL for a scenario without. */
const char *scn_replay_case(const struct scn_scenario *scenario);

#endif
