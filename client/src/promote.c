#include "running.h"

#include <cogpromote/audit.h>

#include <string.h>

/** Who cannot write down what happens does not begin. */
static enum cog_code begin(struct cog_run *run, struct cog_error *error)
{
    const struct cog_storage storage = run->client->seams.storage;
    enum cog_code code = cog_run_name(run, error);
    if (code == COG_OK) {
        code = cog_storage_probe(storage, COG_AUDIT_FILE, error);
    }
    return code == COG_OK ? cog_journal_write(&run->journal, "begin", run->course, error) : code;
}

static void run_new(struct cog_run *run)
{
    struct cog_error error = {0};
    if (begin(run, &error) == COG_OK) {
        cog_run_finish(run);
    } else {
        cog_run_fail(run, &error);
    }
}

void cog_promote(struct cog_client *client, const struct cog_promotion_request *request,
                 struct cog_watch watch, struct cog_report *out_report)
{
    const struct cog_promotion_request configured = cog_client_request(client);
    struct cog_course course = {0};
    struct cog_run run = {.client = client, .watch = watch, .course = &course};
    struct cog_error error = {0};
    if (cog_course_init(request != NULL ? request : &configured, client->api_base, &course,
                        &error) == COG_OK) {
        run_new(&run);
    } else {
        cog_run_fail(&run, &error);
    }
    *out_report = course.report;
}

/** Whether this is the run that made the job, or one that rolled it back. */
static bool is_of_job(const struct cog_course *candidate, const struct cog_course *course)
{
    /* Another platform has jobs of the same names. */
    return strcmp(candidate->report.job_id, course->report.job_id) == 0 &&
           strcmp(candidate->api_base, course->api_base) == 0;
}

/** Takes over what an earlier run noted of the job. */
static enum cog_code recall_from(const struct cog_course *earlier, struct cog_course *course,
                                 struct cog_error *error)
{
    if (strcmp(earlier->report.target_environment_id, course->report.target_environment_id) != 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "job '%s' promoted into '%s', as run %s noted, not into '%s'",
                             course->report.job_id, earlier->report.target_environment_id,
                             earlier->report.run_id, course->report.target_environment_id);
    }
    course->baseline = earlier->baseline;
    memcpy(course->report.source_environment_id, earlier->report.source_environment_id,
           sizeof course->report.source_environment_id);
    return COG_OK;
}

/** What the job's own run noted before it, if its journal is here. */
static enum cog_code recall(struct cog_storage storage, struct cog_course *course,
                            struct cog_error *error)
{
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    if (cog_storage_list(storage, COG_JOURNAL_FOLDER, &names, NULL) != COG_OK) {
        return COG_OK;
    }
    for (size_t i = names.count; i-- > 0;) {
        char name[COG_JOURNAL_NAME_SIZE];
        struct cog_journal_entry entry;
        if (cog_journal_path(names.items[i], name) &&
            cog_journal_read(storage, name, &entry, NULL) == COG_OK && !entry.course.is_by_hand &&
            is_of_job(&entry.course, course)) {
            return recall_from(&entry.course, course, error);
        }
    }
    return COG_OK;
}

void cog_roll_back_job(struct cog_client *client, const char *job_id,
                       const char *target_environment_id, struct cog_watch watch,
                       struct cog_report *out_report)
{
    const struct cog_promotion_request request = {.target_environment_id = target_environment_id};
    struct cog_course course = {0};
    struct cog_run run = {.client = client, .watch = watch, .course = &course};
    struct cog_error error = {0};
    enum cog_code code = cog_course_init(&request, client->api_base, &course, &error);
    if (code == COG_OK && strlen(job_id) >= COG_ID_SIZE) {
        code = cog_error_set(&error, COG_ERROR_CONFIGURATION, "the job's id is too long");
    }
    if (code == COG_OK) {
        course.is_by_hand = true;
        memcpy(course.job.job_id, job_id, strlen(job_id) + 1);
        memcpy(course.report.job_id, course.job.job_id, sizeof course.report.job_id);
        code = recall(client->seams.storage, &course, &error);
    }
    if (code == COG_OK) {
        run_new(&run);
    } else {
        cog_run_fail(&run, &error);
    }
    *out_report = course.report;
}
