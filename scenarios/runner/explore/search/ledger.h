/** The file in which a search keeps what is done, so that an interrupted one can go on. */
#ifndef SCN_LEDGER_H
#define SCN_LEDGER_H

#include <cogpromote/error.h>

#include <stdio.h>

struct scn_ledger_entry {
    char *key;  /**< Of the task; the line that was read, cut behind it. Owned. */
    char *text; /**< Of what came of it; in the same block. */
};

/** `{0}` keeps nothing, and is safe to finish. */
struct scn_ledger {
    FILE *stream;
    struct scn_ledger_entry *entries; /**< What was there, sorted by key. */
    size_t count;
};

/**
 * @param path NULL: nothing is kept
 * @param identity one line: a search with another one did something else
 * @param resumes what is there stays; else the file is begun anew. A line without an end, of a
 *        process that was killed, is dropped
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_SYNTAX (it is none, or of another search),
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_ledger_open(const char *path, const char *identity, bool resumes,
                              struct scn_ledger *out_ledger, struct cog_error *error) COG_CHECK;

/** What came of a task; NULL when it is not there. Borrowed. */
const char *scn_ledger_find(const struct scn_ledger *ledger, const char *key);

/** @return COG_OK or COG_ERROR_STORAGE */
enum cog_code scn_ledger_append(struct scn_ledger *ledger, const char *key, const char *text,
                                size_t length, struct cog_error *error) COG_CHECK;

void scn_ledger_finish(struct scn_ledger *ledger);

#endif
