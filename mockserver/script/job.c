/* The members `job` and `rollback` of `server`. */
#include "script/member.h"
#include "script/scenario.h"

#include <stdlib.h>
#include <string.h>

static enum cog_code read_event(const struct cog_document *document, const cJSON *entry,
                                struct mock_job_step *step, struct cog_error *error)
{
    const cJSON *progress = cJSON_GetObjectItemCaseSensitive(entry, "progress");
    const cJSON *complete = cJSON_GetObjectItemCaseSensitive(entry, "complete");
    const cJSON *fail = cJSON_GetObjectItemCaseSensitive(entry, "fail");
    if ((progress != NULL) + (complete != NULL) + (fail != NULL) != 1) {
        return cog_document_fail(document, entry, error,
                                 "expected exactly one of 'progress', 'complete' and 'fail'");
    }
    if (fail != NULL) {
        const struct mock_member_buffer buffer = {step->reason, sizeof step->reason};
        step->event = MOCK_JOB_EVENT_FAIL;
        return mock_member_text(document, entry, "fail", buffer, error);
    }
    if (complete != NULL) {
        step->event = MOCK_JOB_EVENT_COMPLETE;
        return cJSON_IsTrue(complete)
                   ? COG_OK
                   : cog_document_fail(document, complete, error, "'complete' must be true");
    }
    int64_t percent = 0;
    enum cog_code code = cog_document_integer(document, entry, "progress",
                                              (struct cog_document_range){0, 100}, &percent, error);
    step->event = MOCK_JOB_EVENT_PROGRESS;
    step->progress = (int)percent;
    return code;
}

static enum cog_code read_step(const struct cog_document *document, const cJSON *entry,
                               struct mock_job_setup *job, struct cog_error *error)
{
    static const char *const keys[] = {"at", "progress", "complete", "fail", NULL};
    enum cog_code code = cog_document_check_keys(document, entry, keys, error);
    if (code != COG_OK) {
        return code;
    }
    struct mock_job_step *step = &job->steps[job->step_count];
    const struct mock_job_step *last =
        job->step_count == 0 ? NULL : &job->steps[job->step_count - 1];
    if (last != NULL && last->event != MOCK_JOB_EVENT_PROGRESS) {
        return cog_document_fail(document, entry, error, "nothing can follow the job's end");
    }
    *step = (struct mock_job_step){0};
    code = mock_member_at(document, entry, last == NULL ? 0 : last->at_ms, &step->at_ms, error);
    if (code == COG_OK) {
        code = read_event(document, entry, step, error);
    }
    if (code == COG_OK) {
        job->step_count++;
    }
    return code;
}

static enum cog_code read_steps(const struct cog_document *document, const cJSON *array,
                                struct mock_job_setup *job, struct cog_error *error)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        enum cog_code code = read_step(document, entry, job, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_timeline(const struct cog_document *document, const cJSON *object,
                                   struct mock_job_setup *job, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "timeline", &array, error);
    if (code == COG_OK && array != NULL) {
        code = mock_member_check_count(document, array, MOCK_STEPS_MAX, error);
    }
    if (code != COG_OK || array == NULL) {
        return code;
    }
    struct mock_job_step *steps = calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *steps);
    if (steps == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    free(job->steps);
    job->steps = steps;
    job->step_count = 0;
    return read_steps(document, array, job, error);
}

static enum cog_code read_omitted(const struct cog_document *document, const cJSON *object,
                                  struct mock_job_setup *job, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "omit", &array, error);
    if (code != COG_OK) {
        return code;
    }
    if (array != NULL) {
        memset(job->omitted, 0, sizeof job->omitted);
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        int kind = 0;
        code = mock_member_word(document, entry, mock_kind_names(), &kind, error);
        if (code != COG_OK) {
            return code;
        }
        job->omitted[kind] = true;
    }
    return COG_OK;
}

enum cog_code mock_script_read_job(const struct cog_document *document, const cJSON *server,
                                   struct mock_job_setup *job, struct cog_error *error)
{
    static const char *const keys[] = {"timeline", "omit", NULL};
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "job", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = read_timeline(document, object, job, error);
    }
    if (code == COG_OK) {
        code = read_omitted(document, object, job, error);
    }
    return code;
}

static enum cog_code read_rollback_end(const struct cog_document *document, const cJSON *entry,
                                       struct mock_rollback_setup *rollback,
                                       struct cog_error *error)
{
    static const char *const keys[] = {"at", "status", NULL};
    static const char *const words[] = {"rolled_back", "rollback_failed", NULL};
    enum cog_code code = cog_document_check_keys(document, entry, keys, error);
    if (code == COG_OK) {
        code = mock_member_at(document, entry, 0, &rollback->end_ms, error);
    }
    const cJSON *status = NULL;
    if (code == COG_OK) {
        code = cog_document_require(document, entry, "status", &status, error);
    }
    int word = 0;
    if (code == COG_OK) {
        code = cog_document_word(document, entry, "status", words, &word, error);
    }
    rollback->ends = true;
    rollback->succeeds = word == 0;
    return code;
}

static enum cog_code read_rollback_timeline(const struct cog_document *document,
                                            const cJSON *object,
                                            struct mock_rollback_setup *rollback,
                                            struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "timeline", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    code = mock_member_check_count(document, array, 1, error);
    if (code != COG_OK) {
        return code;
    }
    if (array->child == NULL) {
        rollback->ends = false;
        return COG_OK;
    }
    return read_rollback_end(document, array->child, rollback, error);
}

enum cog_code mock_script_read_rollback(const struct cog_document *document, const cJSON *server,
                                        struct mock_rollback_setup *rollback,
                                        struct cog_error *error)
{
    static const char *const keys[] = {"reversible", "automatic", "timeline", "restore", NULL};
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "rollback", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = cog_document_boolean(document, object, "reversible", &rollback->reversible, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, object, "automatic", &rollback->automatic, error);
    }
    if (code == COG_OK) {
        code = read_rollback_timeline(document, object, rollback, error);
    }
    /* A failed rollback that restores everything would be a strange default. */
    int restore = (int)rollback->restore;
    if (cJSON_HasObjectItem(object, "timeline")) {
        restore = rollback->succeeds ? MOCK_RESTORE_ALL : MOCK_RESTORE_NONE;
    }
    if (code == COG_OK) {
        code =
            cog_document_word(document, object, "restore", mock_restore_names(), &restore, error);
    }
    rollback->restore = (enum mock_restore)restore;
    return code;
}
