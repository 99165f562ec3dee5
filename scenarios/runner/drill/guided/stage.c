#include "drill/guided/stage.h"

#include "drill/guided/folder_layout.h"
#include "drill/guided/real_path.h"
#include "drill/guided/shell_text.h"

#include <cogbase/json.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROGRAM_PATH_SIZE = 4096 };

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static double scale_of(const struct scn_conductor_options *options)
{
    return options->time_scale > 0 ? options->time_scale : options->drill->guidance.time_scale;
}

/* The person's shell, and the client's processes, may be anywhere. */
static enum cog_code find_paths(const struct scn_conductor_options *options,
                                struct scn_stage *stage, struct cog_error *error)
{
    stage->folder = scn_real_path(options->folder);
    if (stage->folder == NULL) {
        return cog_error_set(error, COG_ERROR_STORAGE, "the drill's folder '%s' is not there",
                             options->folder);
    }
    stage->client_program = scn_real_path(options->client_program);
    if (stage->client_program == NULL || access(stage->client_program, X_OK) != 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the client '%s' is not there, or no program",
                             options->client_program);
    }
    return COG_OK;
}

static enum cog_code start_fake(const struct scn_conductor_options *options,
                                struct scn_stage *stage, struct cog_error *error)
{
    const struct scn_fake_process_options fake_options = {
        .program = options->mock_program,
        .drill = options->drill,
        .seed = options->seed,
        .time_scale = scale_of(options),
        .environment = options->environment,
    };
    const enum cog_code code =
        scn_fake_process_start(&stage->workplace, &fake_options, &stage->fake, error);
    stage->has_fake = code == COG_OK;
    return code;
}

static enum cog_code open_control(struct scn_stage *stage, struct cog_error *error)
{
    const struct scn_control_options options = {
        .url = stage->has_fake ? stage->fake.control_url : stage->place.control_url,
        .tenant = stage->has_fake ? "default" : stage->place.tenant,
        .token = stage->fake.token,
    };
    return scn_control_create(&options, &stage->control, error);
}

/* Somebody else's has to play this drill already: to make it begin anew is not ours to do. */
static enum cog_code check_injects(const struct scn_drill *drill, struct scn_stage *stage,
                                   struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *answer = NULL;
    const cJSON *wanted =
        cJSON_GetObjectItemCaseSensitive(drill->scenario.file->document.root, "injects");
    enum cog_code code = scn_control_get(stage->control, "/injects", &answer, error);
    if (code != COG_OK) {
        return cog_error_wrap(error, COG_ERROR_CONFIGURATION, "no drill can be held there");
    }
    const cJSON *played = cJSON_GetObjectItemCaseSensitive(answer, "injects");
    bool is_same = cJSON_GetArraySize(played) == cJSON_GetArraySize(wanted);
    for (int i = 0; is_same && i < cJSON_GetArraySize(wanted); i++) {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(wanted, i), "name");
        is_same = cJSON_Compare(
            name, cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(played, i), "name"), true);
    }
    if (!is_same) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the tenant '%s' of that server does not play this drill: start it "
                             "with 'cogmock serve --scenario' and the drill's file, or put that "
                             "file into a tenant of its own",
                             stage->place.tenant);
    }
    return COG_OK;
}

static enum cog_code find_server(const struct scn_conductor_options *options,
                                 struct scn_stage *stage, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (options->is_real) {
        return COG_OK;
    }
    code = options->api_base == NULL
               ? start_fake(options, stage, error)
               : scn_server_place_parse(options->api_base, &stage->place, error);
    if (code == COG_OK) {
        code = open_control(stage, error);
    }
    return code == COG_OK && options->api_base != NULL ? check_injects(options->drill, stage, error)
                                                       : code;
}

static enum cog_code configure(const struct scn_conductor_options *options, struct scn_stage *stage,
                               struct cog_error *error)
{
    const char *host = stage->has_fake ? stage->fake.host : "127.0.0.1:1";
    const struct scn_scenario *scenario = &options->drill->scenario;
    enum cog_code code = scn_scenario_configure(scenario, host, &stage->config, error);
    if (code == COG_OK && options->api_base != NULL) {
        code = cog_config_set(&stage->config, "api-base", options->api_base, error);
    }
    if (code == COG_OK && stage->place.webhook_url != NULL && scenario->has_webhook) {
        code = cog_config_set(&stage->config, "webhook-url", stage->place.webhook_url, error);
    }
    return code;
}

static enum cog_code make_variables(const struct scn_conductor_options *options,
                                    char *const *inherited, struct scn_stage *stage,
                                    struct scn_variables *out_variables, struct cog_error *error)
{
    const struct scn_variables_source source = {
        .scenario = &options->drill->scenario,
        .config = &stage->config,
        .inherited = inherited,
        .folder = stage->folder,
        .scale = scale_of(options),
    };
    return scn_variables_make(&source, out_variables, error);
}

static void find_own_program(char out_path[PROGRAM_PATH_SIZE])
{
    const ssize_t length = readlink("/proc/self/exe", out_path, PROGRAM_PATH_SIZE - 1);
    if (length > 0) {
        out_path[length] = '\0';
    } else {
        (void)snprintf(out_path, PROGRAM_PATH_SIZE, "cogdrill");
    }
}

static enum cog_code write_text(struct scn_stage *stage, const char *name,
                                const struct cog_text *text, struct cog_error *error)
{
    if (text->failed) {
        return fail_memory(error);
    }
    return strcmp(name, SCN_LAYOUT_ENVIRONMENT) == 0
               ? scn_workplace_write(&stage->workplace, name, cog_text_string(text), error)
               : scn_workplace_write_program(&stage->workplace, name, cog_text_string(text), error);
}

static enum cog_code write_shell(const struct scn_conductor_options *options,
                                 struct scn_stage *stage, struct cog_error *error)
{
    COG_CLEANUP(scn_variables_finish) struct scn_variables own = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text environment = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text client = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text order = {0};
    char *nothing[] = {NULL};
    char program[PROGRAM_PATH_SIZE];
    find_own_program(program);
    const struct scn_shell_place place = {
        .folder = stage->folder,
        .program = program,
        .client_program = stage->client_program,
        .is_real = options->is_real,
    };
    enum cog_code code = make_variables(options, nothing, stage, &own, error);
    if (code != COG_OK) {
        return code;
    }
    scn_shell_append_environment(&environment, &place, own.list);
    scn_shell_append_client(&client, &place);
    scn_shell_append_order(&order, &place);
    code = write_text(stage, SCN_LAYOUT_ENVIRONMENT, &environment, error);
    if (code == COG_OK) {
        code = write_text(stage, "cogpromote", &client, error);
    }
    return code == COG_OK ? write_text(stage, "drill", &order, error) : code;
}

/* When the fake's clock stood at 0, by the system's. */
static enum cog_code measure_time(struct scn_stage *stage, double scale, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *answer = NULL;
    const struct cog_clock clock = cog_clock_posix();
    const int64_t before_ms = cog_clock_unix_ms(clock);
    stage->time = (struct scn_client_time){before_ms, scale};
    if (stage->control == NULL) {
        stage->time.scale = 1;
        return COG_OK;
    }
    const enum cog_code code = scn_control_get(stage->control, "/clock", &answer, error);
    if (code != COG_OK) {
        return cog_error_wrap(error, COG_ERROR_CONFIGURATION, "the fake does not tell its time");
    }
    const int64_t middle_ms = before_ms + (cog_clock_unix_ms(clock) - before_ms) / 2;
    const cJSON *own_scale = cJSON_GetObjectItemCaseSensitive(answer, "scale");
    const cJSON *now = cJSON_GetObjectItemCaseSensitive(answer, "now_ms");
    if (!cJSON_IsNumber(own_scale) || !cJSON_IsNumber(now) || own_scale->valuedouble <= 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the fake's clock stands still: let it run first");
    }
    stage->time.scale = own_scale->valuedouble;
    stage->time.start_unix_ms = middle_ms - (int64_t)(now->valuedouble / own_scale->valuedouble);
    return COG_OK;
}

static enum cog_code set(const struct scn_conductor_options *options, struct scn_stage *stage,
                         struct cog_error *error)
{
    enum cog_code code = find_paths(options, stage, error);
    if (code == COG_OK) {
        code = scn_workplace_take(stage->folder, &stage->workplace, error);
    }
    if (code == COG_OK) {
        code = find_server(options, stage, error);
    }
    if (code == COG_OK) {
        code = configure(options, stage, error);
    }
    if (code == COG_OK) {
        code = make_variables(options, options->environment, stage, &stage->variables, error);
    }
    if (code == COG_OK) {
        code = write_shell(options, stage, error);
    }
    return code == COG_OK ? measure_time(stage, scale_of(options), error) : code;
}

enum cog_code scn_stage_set(const struct scn_conductor_options *options,
                            struct scn_stage *out_stage, struct cog_error *error)
{
    *out_stage = (struct scn_stage){0};
    const enum cog_code code = set(options, out_stage, error);
    if (code != COG_OK) {
        scn_stage_finish(out_stage);
    }
    return code;
}

void scn_stage_finish(struct scn_stage *stage)
{
    if (stage->has_fake) {
        scn_fake_process_finish(&stage->fake);
    }
    scn_server_place_finish(&stage->place);
    scn_control_destroy(stage->control);
    cog_config_finish(&stage->config);
    scn_variables_finish(&stage->variables);
    cog_string_finish(&stage->folder);
    cog_string_finish(&stage->client_program);
    *stage = (struct scn_stage){0};
}
