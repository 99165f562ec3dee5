/**
 * The write-ahead journal of a run: "journal/<time>-<run id>.jsonl". Each line is the whole course,
 * sealed; the last whole one counts. What is about to be sent is on disk before it is sent, and the
 * answer once it is there.
 */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "course.h"

#include <cogpromote/clock.h>
#include <cogpromote/storage.h>

#define COG_JOURNAL_FOLDER "journal"

enum {
    COG_JOURNAL_NAME_SIZE = 96,
    COG_JOURNAL_KEPT = 50, /* So many journals of ended runs stay, the newest ones. */
};

/** One run's journal; plain data, borrows the seams. */
struct cog_journal {
    struct cog_storage storage;
    struct cog_clock clock;
    char name[COG_JOURNAL_NAME_SIZE];
};

/** What the last whole line of a journal says. */
struct cog_journal_entry {
    struct cog_course course;
    char event[COG_VERSION_SIZE];
    int64_t at_unix_ms;
    bool is_torn; /**< A line behind it was cut short. */
};

/** Names the journal of a run that starts now. */
void cog_journal_name(const char *run_id, int64_t started_unix_ms,
                      char out_name[COG_JOURNAL_NAME_SIZE]);

/**
 * Writes down where a run stands, durably.
 *
 * @param event "state", "intent promote", "result promote", …
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_journal_write(const struct cog_journal *journal, const char *event,
                                const struct cog_course *course, struct cog_error *error) COG_CHECK;

/**
 * Reads where a run stood.
 *
 * @param name with its folder
 * @return COG_OK; COG_ERROR_NOT_FOUND: no whole line, so nothing had begun; COG_ERROR_SYNTAX: a
 *         line before the last one is damaged, which no crash does; COG_ERROR_STORAGE,
 *         COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code cog_journal_read(struct cog_storage storage, const char *name,
                               struct cog_journal_entry *out_entry,
                               struct cog_error *error) COG_CHECK;

/** Puts the folder in front of a file's name. @return false when that is longer than ours are */
bool cog_journal_path(const char *file, char out_name[COG_JOURNAL_NAME_SIZE]) COG_CHECK;

/**
 * Finds a run's journal by the end of its name.
 *
 * @return COG_OK, COG_ERROR_NOT_FOUND, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code cog_journal_find(struct cog_storage storage, const char *run_id,
                               char out_name[COG_JOURNAL_NAME_SIZE],
                               struct cog_error *error) COG_CHECK;

/** Removes the oldest journals of runs that have ended for good, beyond COG_JOURNAL_KEPT. */
enum cog_code cog_journal_prune(struct cog_storage storage, struct cog_error *error) COG_CHECK;

#endif
