/**
 * What a person asks of the conductor by the command `drill`, and what they are told: two files of
 * the drill's folder between two processes.
 */
#ifndef SCN_ORDER_H
#define SCN_ORDER_H

#include "drill/guided/workplace.h"

enum { SCN_ORDER_ID_SIZE = 64, SCN_ORDER_WORD_SIZE = 16 };

/** One order, as the conductor finds it. */
struct scn_order_entry {
    char id[SCN_ORDER_ID_SIZE];
    char word[SCN_ORDER_WORD_SIZE]; /**< "hint", "status", "done", "abort" */
};

/** Which of them the conductor has seen. `{0}` is none. */
struct scn_order_reader {
    size_t length; /**< Of the file, so far. */
};

/**
 * The next order that has come.
 *
 * @param out_found false: there is none
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_order_take(struct scn_workplace *workplace, struct scn_order_reader *reader,
                             struct scn_order_entry *out_entry, bool *out_found,
                             struct cog_error *error) COG_CHECK;

/** Tells the person. @return as above */
enum cog_code scn_order_answer(struct scn_workplace *workplace, const char *id, const char *text,
                               struct cog_error *error) COG_CHECK;

/**
 * The command `drill`: orders, waits a few seconds for the answer, and prints it.
 *
 * @param words "hint"; "help", and nothing, print what there is
 * @param width columns of the terminal that shows it; 0: none does, and each answer is one line
 * @return 0; 64 for a word that there is none of; 1: the drill has ended, or nobody answers
 */
int scn_order_run(const char *folder, char *const *words, int width);

#endif
