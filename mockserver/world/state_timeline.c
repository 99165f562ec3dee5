/* The timeline of a job in a saved state. */
#include "world/state_part.h"

#include <stdlib.h>

enum { PERCENT = 100 };

/* Each step is one of these. */
static const struct mock_state_field step_fields[][3] = {
    [MOCK_JOB_EVENT_PROGRESS] =
        {
            {"at_ms",
             MOCK_STATE_INT64,
             offsetof(struct mock_job_step, at_ms),
             {0, MOCK_STATE_INTEGER_MAX},
             NULL},
            {"progress",
             MOCK_STATE_INT,
             offsetof(struct mock_job_step, progress),
             {0, PERCENT},
             NULL},
            {0},
        },
    [MOCK_JOB_EVENT_COMPLETE] =
        {
            {"at_ms",
             MOCK_STATE_INT64,
             offsetof(struct mock_job_step, at_ms),
             {0, MOCK_STATE_INTEGER_MAX},
             NULL},
            {0},
        },
    [MOCK_JOB_EVENT_FAIL] =
        {
            {"at_ms",
             MOCK_STATE_INT64,
             offsetof(struct mock_job_step, at_ms),
             {0, MOCK_STATE_INTEGER_MAX},
             NULL},
            {"fail",
             MOCK_STATE_TEXT,
             offsetof(struct mock_job_step, reason),
             {1, MOCK_REASON_SIZE - 1},
             NULL},
            {0},
        },
};

static bool write_step(cJSON *array, const struct mock_job_step *step)
{
    cJSON *object = mock_state_object_append(array);
    return object != NULL && mock_state_fields_write(step_fields[step->event], step, object) &&
           (step->event != MOCK_JOB_EVENT_COMPLETE ||
            cJSON_AddTrueToObject(object, "complete") != NULL);
}

bool mock_state_timeline_write(cJSON *object, const struct mock_deployment *deployment)
{
    cJSON *array = cJSON_AddArrayToObject(object, "timeline");
    bool is_written = array != NULL;
    for (size_t i = 0; is_written && i < deployment->step_count; i++) {
        is_written = write_step(array, &deployment->steps[i]);
    }
    return is_written;
}

static enum cog_code find_event(const struct cog_document *document, const cJSON *entry,
                                enum mock_job_event *out_event, struct cog_error *error)
{
    const bool is_progress = cJSON_HasObjectItem(entry, "progress");
    const bool is_failure = cJSON_HasObjectItem(entry, "fail");
    const bool is_end = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(entry, "complete"));
    if (is_progress + is_failure + is_end != 1) {
        return cog_document_fail(
            document, entry, error,
            "expected exactly one of 'progress', '\"complete\": true' and 'fail'");
    }
    if (is_end) {
        *out_event = MOCK_JOB_EVENT_COMPLETE;
    } else {
        *out_event = is_failure ? MOCK_JOB_EVENT_FAIL : MOCK_JOB_EVENT_PROGRESS;
    }
    return COG_OK;
}

static enum cog_code check_order(const struct cog_document *document, const cJSON *entry,
                                 const struct mock_job_step *steps, size_t step_count,
                                 struct cog_error *error)
{
    if (step_count == 0) {
        return COG_OK;
    }
    if (steps[step_count - 1].event != MOCK_JOB_EVENT_PROGRESS) {
        return cog_document_fail(document, entry, error, "nothing can follow the job's end");
    }
    if (steps[step_count].at_ms < steps[step_count - 1].at_ms) {
        return cog_document_fail(document, entry, error, "times must ascend");
    }
    return COG_OK;
}

static enum cog_code read_step(const struct cog_document *document, const cJSON *entry,
                               struct mock_deployment *deployment, struct cog_error *error)
{
    static const char *const ends[] = {"complete", NULL};
    static const char *const others[] = {NULL};
    struct mock_job_step *step = &deployment->steps[deployment->step_count];
    enum cog_code code = find_event(document, entry, &step->event, error);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_state_field *fields = step_fields[step->event];
    code = mock_state_check_keys(document, entry, fields,
                                 step->event == MOCK_JOB_EVENT_COMPLETE ? ends : others, error);
    if (code == COG_OK) {
        code = mock_state_fields_read(document, entry, fields, step, error);
    }
    if (code == COG_OK) {
        code = check_order(document, entry, deployment->steps, deployment->step_count, error);
    }
    if (code == COG_OK) {
        deployment->step_count++;
    }
    return code;
}

enum cog_code mock_state_timeline_read(const struct cog_document *document, const cJSON *object,
                                       struct mock_deployment *deployment, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code =
        mock_state_list(document, object, "timeline", MOCK_STEPS_MAX, &array, error);
    if (code != COG_OK) {
        return code;
    }
    deployment->steps = calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *deployment->steps);
    if (deployment->steps == NULL) {
        return mock_state_fail_memory(error);
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        code = read_step(document, entry, deployment, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
