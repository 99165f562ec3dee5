/** What a shell reads: words in quotes, and the files in a drill's folder that are shell. */
#ifndef SCN_SHELL_TEXT_H
#define SCN_SHELL_TEXT_H

#include <cogbase/text.h>

#include <stdbool.h>

/** As one word: in single quotes, whatever is in it. */
void scn_shell_append_word(struct cog_text *text, const char *word);

/** Everything is borrowed. */
struct scn_shell_place {
    const char *folder;         /**< Of the drill. */
    const char *program;        /**< Of the recorder: `cogdrill`. */
    const char *client_program; /**< `cogpromote` */
    bool is_real;               /**< The settings of the shell's own stay, but for two. */
};

/**
 * The file `env`, for sh, bash and zsh: forgets all that a client goes by and that is not the
 * drill's, so that no setting of a real tenant gets into it, and sets what is. Against a real
 * tenant, only the address and the state folder are the drill's.
 *
 * @param variables "NAME=value", ends with NULL
 */
void scn_shell_append_environment(struct cog_text *text, const struct scn_shell_place *place,
                                  char *const *variables);

/** `bin/cogpromote`: the client, recorded. */
void scn_shell_append_client(struct cog_text *text, const struct scn_shell_place *place);

/** `bin/drill`: hint, status, done, abort. */
void scn_shell_append_order(struct cog_text *text, const struct scn_shell_place *place);

#endif
