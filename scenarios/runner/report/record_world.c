/* What was true, whatever the client made of it. */
#include "report/record_part.h"

#include <cogbase/duration.h>

#include <string.h>

static void write_job(struct scn_record_writer *writer, const struct mock_deployment_truth *job)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, NULL, '{');
    scn_record_text(writer, "id", job->job_id);
    scn_record_text(writer, "source", job->source_id);
    scn_record_text(writer, "target", job->target_id);
    scn_record_text(writer, "status", job->status);
    scn_record_text(writer, "error", job->error);
    scn_json_text_integer(json, "created", job->created_ms);
    scn_json_text_integer(json, "ended", job->ended_ms);
    scn_json_text_integer(json, "sessions", job->sessions_at_start);
    scn_json_text_boolean(json, "reversible", job->reversible);
    scn_json_text_integer(json, "rollbacks", job->rollback_count);
    scn_json_text_integer(json, "rollback_ended", job->rollback_ended_ms);
    scn_json_text_close(json, '}');
}

static void write_level(struct scn_record_writer *writer, const char *environment,
                        const cJSON *level)
{
    const char *at = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(level, "at"));
    const cJSON *active = cJSON_GetObjectItemCaseSensitive(level, "active");
    int64_t at_ms = 0;
    if (at == NULL || !cJSON_IsNumber(active) || cog_duration_parse(at, &at_ms, NULL) != COG_OK) {
        return;
    }
    scn_json_text_open(&writer->json, NULL, '{');
    scn_record_text(writer, "environment", environment);
    scn_json_text_integer(&writer->json, "at", at_ms);
    scn_json_text_integer(&writer->json, "active", active->valueint);
    scn_json_text_close(&writer->json, '}');
}

/* @param changes whose members are not told here; NULL for none */
static void write_timelines(struct scn_record_writer *writer, const cJSON *sessions,
                            const cJSON *changes)
{
    const cJSON *timeline = NULL;
    cJSON_ArrayForEach(timeline, sessions)
    {
        const cJSON *level = NULL;
        if (cJSON_GetObjectItemCaseSensitive(changes, timeline->string) != NULL) {
            continue;
        }
        cJSON_ArrayForEach(level, timeline)
        {
            write_level(writer, timeline->string, level);
        }
    }
}

static const cJSON *find_sessions(const cJSON *part)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(part, "server"),
                                            "sessions");
}

static void write_inject(struct scn_record_writer *writer, const struct scn_inject *inject)
{
    scn_json_text_open(&writer->json, NULL, '{');
    scn_record_text(writer, "name", inject->name);
    scn_record_text(writer, "text", inject->text);
    scn_json_text_integer(&writer->json, "at", inject->struck_ms);
    scn_json_text_close(&writer->json, '}');
}

static void write_content(struct scn_record_writer *writer, const char *name,
                          const struct scn_content *content)
{
    scn_json_text_open(&writer->json, name, '{');
    scn_json_text_string(&writer->json, "start", content->is_known ? content->start : NULL);
    scn_json_text_string(&writer->json, "now", content->is_known ? content->now : NULL);
    scn_json_text_close(&writer->json, '}');
}

void scn_record_world(struct scn_record_writer *writer, const struct scn_scenario *scenario,
                      const struct scn_facts *facts)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, "jobs", '[');
    for (size_t i = 0; i < facts->deployment_count; i++) {
        write_job(writer, &facts->deployments[i]);
    }
    scn_json_text_close(json, ']');
    const cJSON *changes = find_sessions(scenario->chosen.node);
    scn_json_text_open(json, "sessions", '[');
    write_timelines(writer, find_sessions(scenario->file->document.root), changes);
    write_timelines(writer, changes, NULL);
    scn_json_text_close(json, ']');
    scn_json_text_open(json, "injects", '[');
    for (size_t i = 0; i < facts->inject_count; i++) {
        write_inject(writer, &facts->injects[i]);
    }
    scn_json_text_close(json, ']');
    scn_json_text_open(json, "truth", '{');
    write_content(writer, "source", &facts->source);
    write_content(writer, "target", &facts->target);
    scn_json_text_close(json, '}');
}
