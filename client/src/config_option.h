/** How each setting is stored: what the table of options says to the parser. */
#ifndef CONFIG_OPTION_H
#define CONFIG_OPTION_H

#include <cogpromote/config.h>

enum cog_option_kind {
    COG_OPTION_STRING,
    COG_OPTION_SWITCH,
    COG_OPTION_DURATION,
    COG_OPTION_COUNT,
    COG_OPTION_RATIO,
    COG_OPTION_WORD, /**< An enum, whose values are the words' indexes. */
};

struct cog_option_row {
    struct cog_option option;
    enum cog_option_kind kind;
    size_t offset;            /**< Of the member in `struct cog_config`. */
    int64_t minimum_ms;       /**< For durations. */
    const char *const *words; /**< For words: in the order of the enum; ends with NULL. */
};

size_t cog_option_count(void);

/** @param index below the count */
const struct cog_option_row *cog_option_row(size_t index);

/** Where in `config` the setting is stored. */
void *cog_option_member(struct cog_config *config, const struct cog_option_row *row);

#endif
