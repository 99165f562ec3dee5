#include <cogpromote/report.h>

#include <cogbase/json.h>
#include <cogbase/stamp.h>

static bool add_run(cJSON *object, const struct cog_report *report)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(report->started_unix_ms, stamp);
    return cog_json_add_text(object, "run_id", report->run_id) &&
           cog_json_add_text(object, "outcome", cog_outcome_name(report->outcome)) &&
           cog_json_add_text(object, "target", cog_target_state_name(report->target)) &&
           cog_json_add_text(object, "source_env_id", report->source_environment_id) &&
           cog_json_add_text(object, "target_env_id", report->target_environment_id) &&
           cog_json_add_text(object, "job_id", report->job_id) &&
           cog_json_add_text(object, "rollback_id", report->rollback_id) &&
           cog_json_add_text(object, "rollback", cog_rollback_end_name(report->rollback_end)) &&
           cog_json_add_text(object, "step", report->step) &&
           cog_json_add_text(object, "reason", report->reason) &&
           cog_json_add_text(object, "follow_up", report->follow_up) &&
           cJSON_AddBoolToObject(object, "resumable", report->is_resumable) != NULL &&
           cog_json_add_text(object, "started_at", stamp) &&
           cJSON_AddNumberToObject(object, "duration_ms", (double)report->duration_ms) != NULL;
}

static bool add_parity(cJSON *object, const struct cog_report *report)
{
    return report->parity_is_measured
               ? cJSON_AddNumberToObject(object, "parity_score", report->parity_score) != NULL
               : cJSON_AddNullToObject(object, "parity_score") != NULL;
}

static bool add_audit(cJSON *object, const struct cog_report *report)
{
    cJSON *audit = cJSON_AddObjectToObject(object, "audit");
    if (audit == NULL ||
        cJSON_AddBoolToObject(audit, "written", report->audit_is_written) == NULL) {
        return false;
    }
    return !report->audit_is_written ||
           (cJSON_AddNumberToObject(audit, "seq", (double)report->audit_sequence) != NULL &&
            cog_json_add_text(audit, "checksum", report->audit_checksum));
}

static bool add_webhook(cJSON *object, const struct cog_report *report)
{
    cJSON *webhook = cJSON_AddObjectToObject(object, "webhook");
    return webhook != NULL &&
           cog_json_add_text(webhook, "delivery", cog_delivery_name(report->webhook)) &&
           cog_json_add_text(webhook, "error", report->webhook_error);
}

enum cog_code cog_report_format_json(const struct cog_report *report, char **out_text,
                                     struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    const bool is_whole = object != NULL && add_run(object, report) && add_parity(object, report) &&
                          add_audit(object, report) && add_webhook(object, report);
    return cog_json_print(is_whole ? object : NULL, out_text, error);
}
