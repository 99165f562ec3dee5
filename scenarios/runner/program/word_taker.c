#include "program/word_taker.h"

static enum cog_code take(const struct scn_word_taker *taker, const struct cog_word *word,
                          struct cog_error *error)
{
    if (word->id == COG_WORD_OPERAND && taker->operands != NULL) {
        taker->operands[(*taker->operand_count)++] = word->value;
        return COG_OK;
    }
    if (taker->client != NULL && scn_client_flags_have(word->id)) {
        return scn_client_flags_take(word, taker->client, error);
    }
    return taker->take(taker->arguments, word, error);
}

enum cog_code scn_word_taker_read(const struct scn_word_taker *taker, int count, char **arguments,
                                  const struct cog_flag *flags, struct cog_error *error)
{
    struct cog_command_line line = {.count = count, .arguments = arguments, .flags = flags};
    struct cog_word word = {.id = COG_WORD_END};
    enum cog_code code = COG_OK;
    do {
        code = cog_command_line_next(&line, &word, error);
        if (code == COG_OK && word.id != COG_WORD_END) {
            code = take(taker, &word, error);
        }
    } while (code == COG_OK && word.id != COG_WORD_END);
    return code;
}
