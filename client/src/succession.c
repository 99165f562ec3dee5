#include "succession.h"

#include <string.h>

/** Whether a run leaves the target as it found it. */
static bool has_left_nothing(const struct cog_course *course)
{
    return !cog_course_has_acted(course) ||
           (course->state == COG_STATE_END && (course->report.target == COG_TARGET_UNTOUCHED ||
                                               course->report.target == COG_TARGET_RESTORED));
}

/** @param later what is not a promotion of its own, a rollback by hand, counts for none */
static bool is_successor(const struct cog_journal_entry *later,
                         const struct cog_journal_entry *entry)
{
    const struct cog_course *course = &later->course;
    return later->at_unix_ms > entry->at_unix_ms && !course->is_by_hand &&
           strcmp(course->report.run_id, entry->course.report.run_id) != 0 &&
           strcmp(course->api_base, entry->course.api_base) == 0 &&
           strcmp(course->report.target_environment_id,
                  entry->course.report.target_environment_id) == 0 &&
           !has_left_nothing(course);
}

enum cog_code cog_succession_find(struct cog_storage storage, const struct cog_journal_entry *entry,
                                  char out_run_id[COG_UUID_SIZE], struct cog_error *error)
{
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, COG_JOURNAL_FOLDER, &names, error);
    if (code != COG_OK) {
        return code;
    }
    out_run_id[0] = '\0';
    for (size_t i = names.count; i-- > 0;) {
        char name[COG_JOURNAL_NAME_SIZE];
        struct cog_journal_entry later;
        if (!cog_journal_path(names.items[i], name)) {
            continue;
        }
        code = cog_journal_read(storage, name, &later, error);
        if (code == COG_ERROR_STORAGE || code == COG_ERROR_MEMORY) {
            return code;
        }
        if (code == COG_OK && is_successor(&later, entry)) {
            memcpy(out_run_id, later.course.report.run_id, COG_UUID_SIZE);
            return COG_OK;
        }
    }
    return COG_OK;
}
