/** The runs that left a journal: what `cogpromote status` tells and `cogpromote resume` takes up.
 */
#ifndef COGPROMOTE_RUN_H
#define COGPROMOTE_RUN_H

#include <cogpromote/lock.h>
#include <cogpromote/report.h>
#include <cogpromote/storage.h>

/** Where one run stands, as its journal tells. Plain data. */
struct cog_run_status {
    struct cog_report report;    /**< What is known so far; `outcome` counts when `has_ended`. */
    char step[COG_VERSION_SIZE]; /**< "follow", …: where it is, or where it stopped. */
    char last_event[COG_VERSION_SIZE]; /**< Of the journal's last entry: "intent promote", … */
    bool has_ended;
    bool is_resumable;
    bool is_torn; /**< The journal's last line was cut short: the entry before it counts. */
    enum cog_lock_state lock;     /**< Of its target, where that is this run's; else FREE. */
    bool is_at_work;              /**< Its process lives, and is at it. */
    int64_t updated_unix_ms;      /**< Of the last entry. */
    double progress;              /**< Of the job, 0 to 100; -1: unknown. */
    char damage[COG_REASON_SIZE]; /**< Why the journal cannot be read; empty: it can. */
};

struct cog_run_list {
    struct cog_run_status *items; /**< Newest first. */
    size_t count;
};

/**
 * Reads all journals. One that is damaged is listed with its `damage`.
 *
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
COG_API enum cog_code cog_run_list_read(struct cog_storage storage, struct cog_run_list *out_list,
                                        struct cog_error *error) COG_CHECK;
COG_API void cog_run_list_finish(struct cog_run_list *list);

/** For people, or as JSON. @param out_text owned by the caller, free() it */
COG_API enum cog_code cog_run_list_format_text(const struct cog_run_list *list, char **out_text,
                                               struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_run_list_format_json(const struct cog_run_list *list, char **out_text,
                                               struct cog_error *error) COG_CHECK;

#endif
