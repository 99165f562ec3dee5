/** The token of the control plane: from a file, or made when others can reach the fake. */
#ifndef MOCK_PROGRAM_CONTROL_TOKEN_H
#define MOCK_PROGRAM_CONTROL_TOKEN_H

#include <cogpromote/error.h>
#include <cogpromote/random.h>

enum {
    MOCK_CONTROL_TOKEN_LENGTH_MIN = 8,
    MOCK_CONTROL_TOKEN_LENGTH_MAX = 256,
};

/** `{0}` is none, and safe to finish. */
struct mock_control_token {
    char *text;               /**< A secret. Owned; NULL: nobody needs one. */
    bool is_made;             /**< Nobody knows it yet: it is to be told, once. */
    bool is_readable_for_all; /**< Its file is: who started the fake should know. */
};

/** Wipes it. */
void mock_control_token_finish(struct mock_control_token *token);

/**
 * Takes the first line of a file: 8 to 256 visible characters of ASCII.
 *
 * @return COG_OK, COG_ERROR_STORAGE (it cannot be read, or everybody may write it),
 *         COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code mock_control_token_read(const char *path, struct mock_control_token *out_token,
                                      struct cog_error *error) COG_CHECK;

/** @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (no entropy) */
enum cog_code mock_control_token_make(struct cog_random random,
                                      struct mock_control_token *out_token,
                                      struct cog_error *error) COG_CHECK;

#endif
