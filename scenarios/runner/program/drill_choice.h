/** The drills that a command line names. */
#ifndef SCN_DRILL_CHOICE_H
#define SCN_DRILL_CHOICE_H

#include "drill/drill.h"

/** One of them. */
struct scn_chosen_drill {
    char *word; /**< As somebody named it: its id, or its file. Owned. */
    struct scn_drill drill;
};

/** `{0}` is empty and safe to finish. */
struct scn_drill_choice {
    struct scn_chosen_drill *items; /**< Owned. */
    size_t count;
};

/**
 * Reads all of them before anything runs.
 *
 * @param words ids of drills that come with the program, or files; none: all that come with it
 * @return COG_OK, COG_ERROR_SYNTAX (a file is no drill), COG_ERROR_NOT_FOUND, COG_ERROR_STORAGE,
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_drill_choice_read(const char *const *words, size_t word_count,
                                    struct scn_drill_choice *out_choice,
                                    struct cog_error *error) COG_CHECK;

void scn_drill_choice_finish(struct scn_drill_choice *choice);

#endif
