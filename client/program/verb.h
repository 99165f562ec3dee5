/** The program's verbs: one table serves parsing, help, and the tests of manual and completions. */
#ifndef PROGRAM_VERB_H
#define PROGRAM_VERB_H

#include <cogpromote/error.h>

#include <stddef.h>

enum cog_verb_id {
    COG_VERB_PROMOTE,
    COG_VERB_PLAN,
    COG_VERB_RESUME,
    COG_VERB_STATUS,
    COG_VERB_ROLLBACK,
    COG_VERB_PARITY,
    COG_VERB_AUDIT_VERIFY,
    COG_VERB_AUDIT_SHOW,
    COG_VERB_WEBHOOK_FLUSH,
    COG_VERB_LOCK_STATUS,
    COG_VERB_LOCK_RELEASE,
};

/** What an exit code means for one verb. */
struct cog_exit {
    int code;
    const char *meaning; /**< NULL ends a list. */
};

enum { COG_OPERANDS_MAX = 2 };

struct cog_verb {
    enum cog_verb_id id;
    const char *name;                            /**< One word, or two: "audit verify". */
    const char *operand_names[COG_OPERANDS_MAX]; /**< "JOB"; NULL behind the last. */
    size_t operand_count_min;
    unsigned groups;     /**< Of settings, as in setting.h. */
    unsigned needs;      /**< Of `enum cog_config_need`. */
    const char *summary; /**< One line. */
    const char *text;    /**< What it does, in lines that end with LF. */
    const struct cog_exit *exits;
    const char *example; /**< Command lines that end with LF. */
};

/** In the order of `--help`. @return NULL from the first index behind the last on */
const struct cog_verb *cog_verb(size_t index);

/**
 * The verb whose words `words` begins with.
 *
 * @param out_word_count how many of the words are its name
 * @return COG_OK, or COG_ERROR_CONFIGURATION: no such verb (with the nearest one), or only the
 * first of two words (with what may follow)
 */
enum cog_code cog_verb_find(size_t word_count, char *const *words, const struct cog_verb **out_verb,
                            size_t *out_word_count, struct cog_error *error) COG_CHECK;

/** Whether `word` is the first of several verbs' two: "audit". */
bool cog_verb_is_family(const char *word);

/** Whether the verb's name begins with the word `family`. */
bool cog_verb_belongs_to(const struct cog_verb *verb, const char *family);

#endif
