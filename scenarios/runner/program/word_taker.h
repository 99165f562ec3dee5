/** How a verb reads its command line, word by word. */
#ifndef SCN_WORD_TAKER_H
#define SCN_WORD_TAKER_H

#include "program/client_flags.h"

#include <cogbase/command_line.h>

#include <stddef.h>

/** Who takes which words. */
struct scn_word_taker {
    /** Takes what nobody below does. */
    enum cog_code (*take)(void *arguments, const struct cog_word *word, struct cog_error *error);
    void *arguments;                 /**< Of the verb, for `take`. */
    struct scn_client_flags *client; /**< Takes the flags that they share; NULL: there are none. */
    const char **operands;           /**< Room for all that may come; NULL: `take` has them. */
    size_t *operand_count;
};

/**
 * @param arguments the verb first
 * @param flags all that the verb has, ends with a name that is NULL
 * @return COG_OK, COG_ERROR_CONFIGURATION (no such flag, no value), what `take` returns
 */
enum cog_code scn_word_taker_read(const struct scn_word_taker *taker, int count, char **arguments,
                                  const struct cog_flag *flags, struct cog_error *error) COG_CHECK;

#endif
