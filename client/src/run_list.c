#include <cogpromote/run.h>

#include "succession.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Who has the target's lock on behalf of this run; FREE also for somebody else's. */
static enum cog_lock_state lock_of(struct cog_storage storage, const struct cog_report *report)
{
    struct cog_lock lock = {0};
    if (cog_lock_read(storage, report->target_environment_id, &lock, NULL) != COG_OK ||
        strcmp(lock.run_id, report->run_id) != 0) {
        return COG_LOCK_FREE;
    }
    return lock.state;
}

/** Whether `resume` takes it up: not when another run has promoted into its target since. */
static enum cog_code is_resumable(struct cog_storage storage, const struct cog_journal_entry *entry,
                                  bool *out_is_resumable, struct cog_error *error)
{
    char successor[COG_UUID_SIZE] = "";
    enum cog_code code = COG_OK;
    bool is_left = cog_course_is_resumable(&entry->course);
    if (is_left && !cog_course_is_untold(&entry->course)) {
        code = cog_succession_find(storage, entry, successor, error);
    }
    *out_is_resumable = is_left && successor[0] == '\0';
    return code;
}

static enum cog_code describe(struct cog_storage storage, const struct cog_journal_entry *entry,
                              struct cog_run_status *status, struct cog_error *error)
{
    const struct cog_course *course = &entry->course;
    bool has_ended = course->state == COG_STATE_END;
    status->report = course->report;
    status->has_ended = has_ended;
    status->is_torn = entry->is_torn;
    status->updated_unix_ms = entry->at_unix_ms;
    status->progress = course->job.progress;
    status->lock = lock_of(storage, &course->report);
    status->is_at_work = status->lock == COG_LOCK_HELD || cog_course_is_at_work(course, storage);
    enum cog_code code = is_resumable(storage, entry, &status->is_resumable, error);
    status->is_resumable = status->is_resumable && !status->is_at_work;
    (void)snprintf(status->step, sizeof status->step, "%s",
                   cog_state_name(has_ended ? course->last_state : course->state));
    (void)snprintf(status->last_event, sizeof status->last_event, "%s", entry->event);
    return code;
}

/** What can be said of a journal that cannot be read: whose it is, by its name. */
static void describe_damage(const char *file, const struct cog_error *error,
                            struct cog_run_status *status)
{
    const size_t tail = (COG_UUID_SIZE - 1) + strlen(".jsonl");
    const size_t length = strlen(file);
    if (length > tail) {
        (void)snprintf(status->report.run_id, sizeof status->report.run_id, "%s",
                       file + length - tail);
    }
    status->progress = -1;
    (void)cog_error_text(error, status->damage, sizeof status->damage);
}

/** @return COG_OK with a status, or COG_ERROR_MEMORY and the like, which are not the journal's */
static enum cog_code status_read(struct cog_storage storage, const char *file,
                                 struct cog_run_status *status, struct cog_error *error)
{
    struct cog_journal_entry *entry = calloc(1, sizeof *entry);
    char name[COG_JOURNAL_NAME_SIZE];
    struct cog_error cause = {0};
    enum cog_code code = COG_ERROR_MEMORY;
    if (entry != NULL) {
        code = cog_journal_path(file, name)
                   ? cog_journal_read(storage, name, entry, &cause)
                   : cog_error_set(&cause, COG_ERROR_SYNTAX, "'%s' is no journal's name", file);
    }
    if (code == COG_OK) {
        code = describe(storage, entry, status, &cause);
    } else if (code != COG_ERROR_MEMORY) {
        describe_damage(file, &cause, status);
    }
    free(entry);
    return code == COG_ERROR_MEMORY ? cog_error_set(error, code, "out of memory") : COG_OK;
}

enum cog_code cog_run_list_read(struct cog_storage storage, struct cog_run_list *out_list,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, COG_JOURNAL_FOLDER, &names, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_run_list list = {.items = calloc(names.count + 1, sizeof *list.items)};
    if (list.items == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = names.count; code == COG_OK && i-- > 0;) {
        code = status_read(storage, names.items[i], &list.items[list.count++], error);
    }
    if (code != COG_OK) {
        cog_run_list_finish(&list);
        return code;
    }
    *out_list = list;
    return COG_OK;
}

void cog_run_list_finish(struct cog_run_list *list)
{
    free(list->items);
    *list = (struct cog_run_list){0};
}
