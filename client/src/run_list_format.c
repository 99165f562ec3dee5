#include <cogpromote/run.h>

#include <cogbase/json.h>
#include <cogbase/row.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

enum { LABEL_WIDTH = 10 };

/** In a word: what somebody who looks at many runs wants to know of one. */
static const char *standing(const struct cog_run_status *status)
{
    if (status->damage[0] != '\0') {
        return "damaged";
    }
    if (status->has_ended) {
        return cog_outcome_name(status->report.outcome);
    }
    if (status->is_at_work) {
        return "running";
    }
    return status->lock == COG_LOCK_ELSEWHERE ? "elsewhere" : "dead";
}

static void append_status(struct cog_text *text, const struct cog_run_status *status)
{
    const struct cog_report *report = &status->report;
    char updated[COG_STAMP_RFC3339_SIZE];
    cog_text_append_shown(text, report->run_id);
    cog_text_append_format(text, ": %s\n", standing(status));
    cog_row_append(text, LABEL_WIDTH, "damage", status->damage);
    if (status->damage[0] != '\0') {
        return;
    }
    cog_row_append(text, LABEL_WIDTH, "from", report->source_environment_id);
    cog_row_append(text, LABEL_WIDTH, "to", report->target_environment_id);
    cog_row_append(text, LABEL_WIDTH, "step", status->step);
    if (!status->has_ended) {
        cog_row_append(text, LABEL_WIDTH, "last entry", status->last_event);
    }
    cog_row_append(text, LABEL_WIDTH, "job", report->job_id);
    if (status->progress >= 0) {
        cog_row_append_format(text, LABEL_WIDTH, "progress", "%.0f %%", status->progress);
    }
    cog_row_append(text, LABEL_WIDTH, "reason", report->reason);
    cog_row_append(text, LABEL_WIDTH, "updated",
                   cog_stamp_format_rfc3339(status->updated_unix_ms, updated));
    if (status->is_resumable) {
        cog_row_append_format(text, LABEL_WIDTH, "go on with", "cogpromote resume %s",
                              report->run_id);
    }
}

enum cog_code cog_run_list_format_text(const struct cog_run_list *list, char **out_text,
                                       struct cog_error *error)
{
    struct cog_text text = {0};
    for (size_t i = 0; i < list->count; i++) {
        append_status(&text, &list->items[i]);
    }
    if (list->count == 0) {
        cog_text_append(&text, "no runs\n");
    }
    return cog_text_give(&text, out_text, error);
}

static bool add_progress(cJSON *object, double progress)
{
    return progress < 0 ? cJSON_AddNullToObject(object, "progress") != NULL
                        : cJSON_AddNumberToObject(object, "progress", progress) != NULL;
}

static bool add_status(cJSON *object, const struct cog_run_status *status)
{
    const struct cog_report *report = &status->report;
    char updated[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(status->updated_unix_ms, updated);
    bool is_ended = status->has_ended;
    return cog_json_add_text(object, "run_id", report->run_id) &&
           cog_json_add_text(object, "standing", standing(status)) &&
           cog_json_add_text(object, "outcome",
                             is_ended ? cog_outcome_name(report->outcome) : "") &&
           cog_json_add_text(object, "source_env_id", report->source_environment_id) &&
           cog_json_add_text(object, "target_env_id", report->target_environment_id) &&
           cog_json_add_text(object, "step", status->step) &&
           cog_json_add_text(object, "last_event", status->last_event) &&
           cog_json_add_text(object, "job_id", report->job_id) &&
           add_progress(object, status->progress) &&
           cog_json_add_text(object, "reason", report->reason) &&
           cog_json_add_text(object, "lock", cog_lock_state_name(status->lock)) &&
           cJSON_AddBoolToObject(object, "resumable", status->is_resumable) != NULL &&
           cJSON_AddBoolToObject(object, "torn", status->is_torn) != NULL &&
           cog_json_add_text(object, "damage", status->damage) &&
           cog_json_add_text(object, "updated_at", status->damage[0] == '\0' ? updated : "");
}

enum cog_code cog_run_list_format_json(const struct cog_run_list *list, char **out_text,
                                       struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *array = cJSON_CreateArray();
    bool is_whole = array != NULL;
    for (size_t i = 0; is_whole && i < list->count; i++) {
        cJSON *object = cJSON_CreateObject();
        is_whole = cJSON_AddItemToArray(array, object) && add_status(object, &list->items[i]);
    }
    return cog_json_print(is_whole ? array : NULL, out_text, error);
}
