#include "rehearsed.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdlib.h>

static char drill_id[] = "job_fails";
char rehearsed_record[] =
    "{\"exit\":6,\"outcome\":\"rolled_back\",\"target\":\"as before\",\"reason\":\"it failed\","
    "\"step\":\"follow\",\"jobs\":[{\"id\":\"job-1\"}],"
    "\"injects\":[{\"name\":\"fails\",\"text\":\"it fails\",\"at\":30000},"
    "{\"name\":\"never\",\"text\":\"\",\"at\":-1}],"
    "\"truth\":{\"source\":{\"start\":\"a\",\"now\":\"a\"},\"target\":{\"start\":\"b\",\"now\":"
    "\"b\"}}}";

static void take_scenario(struct scn_scenario *out_scenario)
{
    static const char text[] = "{\"name\": \"it fails\", \"description\": \"half-way\", "
                               "\"expect\": {\"exit\": 6}}";
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("drills/job_fails.jsonc", text, strlen(text), &document, &error),
                COG_OK, error);
    ASSERT_CODE(scn_scenario_take(&document, out_scenario, &error), COG_OK, error);
}

static void init_drill(struct scn_drill *drill)
{
    *drill = (struct scn_drill){
        .id = drill_id,
        .hypothesis = "it is restored",
        .roles = {{"operator", "types"}},
        .role_count = 1,
        .pass_mark = 80,
        .guidance = {.situation = "a release", .task = "promote"},
    };
    take_scenario(&drill->scenario);
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        drill->targets[i] = -1;
    }
    drill->targets[SCN_FIGURE_RECOVER] = 20000;
    drill->targets[SCN_FIGURE_DECIDE] = 1000;
    drill->checklist.items[0] = (struct scn_check){
        .id = "restored", .text = "as before", .weight = 30, .is_critical = true};
    drill->checklist.items[1] =
        (struct scn_check){.id = "looked", .text = "somebody looked", .weight = 5};
    drill->checklist.count = 2;
}

static void init_run(struct scn_rehearsal *run, uint64_t seed)
{
    *run = (struct scn_rehearsal){
        .seed = seed,
        .checks = {.items = {{.result = SCN_PASS, .evidence = "digests"},
                             {.result = SCN_PASS, .is_idle = true, .evidence = "nobody"}},
                   .count = 2},
        .score = {.verdict = SCN_PASS, .points = 90},
        .record = rehearsed_record,
    };
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        run->figures.items[i] = (struct scn_figure){.server = -1, .client = -1};
    }
    run->figures.items[SCN_FIGURE_RECOVER] = (struct scn_figure){.server = 17000, .client = 17004};
    for (size_t i = 0; i < SCN_MILESTONE_COUNT; i++) {
        run->timeline.milestones[i] = (struct scn_milestone){.server_ms = -1, .client_ms = -1};
    }
    run->timeline.milestones[SCN_MILESTONE_SEEN] = (struct scn_milestone){
        .server_ms = 31000, .client_ms = 30999, .server_evidence = "request 9"};
    run->timeline.mixed_ms = -1;
}

void rehearsed_init(struct rehearsed *bench)
{
    *bench = (struct rehearsed){0};
    init_drill(&bench->drill);
    for (size_t i = 0; i < REHEARSED_RUN_COUNT; i++) {
        init_run(&bench->runs[i], 7 + i);
    }
    bench->report = (struct scn_drill_report){
        .drill = &bench->drill,
        .mode = "automatic",
        .transport = "memory",
        .rehearsals = bench->runs,
        .rehearsal_count = REHEARSED_RUN_COUNT,
        .replay = "cogdrill rehearse job_fails",
    };
}

void rehearsed_finish(struct rehearsed *bench)
{
    scn_scenario_finish(&bench->drill.scenario);
}

cJSON *rehearsed_json(const struct rehearsed *bench)
{
    cJSON *json = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(scn_drill_report_json(&bench->report, &json, &error), COG_OK, error);
    return json;
}

void rehearsed_expect(const struct rehearsed *bench, const char *path, const char *expected)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = rehearsed_json(bench);
    const cJSON *item = json;
    char name[32];
    for (const char *part = path; *part != '\0';) {
        const size_t length = strcspn(part, ".");
        cr_assert(length < sizeof name);
        memcpy(name, part, length);
        name[length] = '\0';
        item = cJSON_IsArray(item) ? cJSON_GetArrayItem(item, (int)strtol(name, NULL, 10))
                                   : cJSON_GetObjectItemCaseSensitive(item, name);
        cr_assert(item != NULL, "'%s' has no '%s'", path, name);
        part += length + (part[length] == '.');
    }
    COG_CLEANUP(cog_string_finish) char *text = cJSON_PrintUnformatted(item);
    cr_expect(strcmp(text, expected) == 0, "%s is %s, expected %s", path, text, expected);
}
