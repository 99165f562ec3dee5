#include "drill/guided/scene.h"

#include <cogbase/json.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    PATH_SIZE = 64,
    PAGE = 200, /* Far from the limit of an answer's length. */
    HTTP_BAD = 400,
    LOOKS_AT_A_STANDSTILL = 3,
};

const char *scn_scene_text(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text != NULL ? text : "";
}

int64_t scn_scene_number(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : -1;
}

static enum cog_code look_at(struct scn_control *control, const char *path, cJSON **inout_json,
                             struct cog_error *error)
{
    cJSON *json = NULL;
    const enum cog_code code = scn_control_get(control, path, &json, error);
    if (code == COG_OK) {
        cJSON_Delete(*inout_json);
        *inout_json = json;
    }
    return code;
}

static bool has_ended(const cJSON *request)
{
    const char *state = scn_scene_text(request, "state");
    return strcmp(state, "done") == 0 || strcmp(state, "abandoned") == 0;
}

/* What may have changed since it was seen. */
static void drop_unsettled(struct scn_scene *scene)
{
    int count = cJSON_GetArraySize(scene->requests);
    while (count > 0 && scn_scene_number(cJSON_GetArrayItem(scene->requests, count - 1), "number") >
                            scene->settled) {
        cJSON_DeleteItemFromArray(scene->requests, --count);
    }
}

static bool take_page(struct scn_scene *scene, cJSON *page)
{
    cJSON *list = cJSON_GetObjectItemCaseSensitive(page, "requests");
    cJSON *item = NULL;
    bool is_whole = true;
    while (is_whole && (item = cJSON_DetachItemFromArray(list, 0)) != NULL) {
        is_whole = cJSON_AddItemToArray(scene->requests, item) != 0;
    }
    return is_whole;
}

static void settle(struct scn_scene *scene)
{
    const cJSON *request = NULL;
    cJSON_ArrayForEach(request, scene->requests)
    {
        if (!has_ended(request)) {
            return;
        }
        scene->settled = scn_scene_number(request, "number");
    }
}

static enum cog_code look_at_requests(struct scn_scene *scene, struct scn_control *control,
                                      struct cog_error *error)
{
    int64_t since = scene->settled;
    int count = 0;
    if (scene->requests == NULL && (scene->requests = cJSON_CreateArray()) == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    drop_unsettled(scene);
    do {
        COG_CLEANUP(cog_json_finish) cJSON *page = NULL;
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof path, "/requests?since=%" PRId64 "&limit=%d", since, PAGE);
        const enum cog_code code = scn_control_get(control, path, &page, error);
        if (code != COG_OK) {
            return code;
        }
        count = cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(page, "requests"));
        since = scn_scene_number(page, "next");
        scene->dropped = scn_scene_number(page, "dropped");
        if (!take_page(scene, page)) {
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
    } while (count >= PAGE);
    settle(scene);
    return COG_OK;
}

enum cog_code scn_scene_look(struct scn_scene *scene, struct scn_control *control,
                             struct cog_error *error)
{
    enum cog_code code = look_at(control, "/clock", &scene->clock, error);
    if (code == COG_OK) {
        code = look_at(control, "/environments", &scene->environments, error);
    }
    if (code == COG_OK) {
        code = look_at(control, "/jobs", &scene->jobs, error);
    }
    if (code == COG_OK) {
        code = look_at(control, "/injects", &scene->injects, error);
    }
    return code == COG_OK ? look_at_requests(scene, control, error) : code;
}

int64_t scn_scene_now_ms(const struct scn_scene *scene)
{
    return scn_scene_number(scene->clock, "now_ms");
}

double scn_scene_scale(const struct scn_scene *scene)
{
    const cJSON *scale = cJSON_GetObjectItemCaseSensitive(scene->clock, "scale");
    return cJSON_IsNumber(scale) && scale->valuedouble > 0 ? scale->valuedouble : 1;
}

const cJSON *scn_scene_environment(const struct scn_scene *scene, const char *id)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(scene->environments, "environments");
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(scn_scene_text(item, "id"), id) == 0) {
            return item;
        }
    }
    return NULL;
}

const cJSON *scn_scene_job(const struct scn_scene *scene)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(scene->jobs, "jobs");
    const int count = cJSON_GetArraySize(list);
    return count > 0 ? cJSON_GetArrayItem(list, count - 1) : NULL;
}

int64_t scn_scene_strike_ms(const struct scn_scene *scene, const char *name)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(scene->injects, "injects");
    const cJSON *item = NULL;
    int64_t first_ms = -1;
    cJSON_ArrayForEach(item, list)
    {
        const int64_t struck_ms = scn_scene_number(item, "struck_ms");
        const bool is_meant = name == NULL || strcmp(scn_scene_text(item, "name"), name) == 0;
        if (is_meant && struck_ms >= 0 && (first_ms < 0 || struck_ms < first_ms)) {
            first_ms = struck_ms;
        }
    }
    return first_ms;
}

static bool has_gone_wrong(const cJSON *request)
{
    return scn_scene_text(request, "fault")[0] != '\0' ||
           scn_scene_number(request, "status") >= HTTP_BAD;
}

bool scn_scene_shows_trouble(const struct scn_scene *scene, int64_t since_ms)
{
    const cJSON *job = scn_scene_job(scene);
    const char *status = scn_scene_text(job, "status");
    const bool is_stuck = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(job, "stuck"));
    int look_count = 0;
    const cJSON *request = NULL;
    cJSON_ArrayForEach(request, scene->requests)
    {
        if (scn_scene_number(request, "answered_ms") < since_ms) {
            continue;
        }
        if (has_gone_wrong(request)) {
            return true;
        }
        look_count += strcmp(scn_scene_text(request, "call"), "status") == 0 ? 1 : 0;
    }
    const bool has_failed = strcmp(status, "failed") == 0 || strcmp(status, "rollback_failed") == 0;
    return has_failed || (is_stuck && look_count >= LOOKS_AT_A_STANDSTILL);
}

void scn_scene_finish(struct scn_scene *scene)
{
    cJSON_Delete(scene->clock);
    cJSON_Delete(scene->environments);
    cJSON_Delete(scene->jobs);
    cJSON_Delete(scene->injects);
    cJSON_Delete(scene->requests);
    *scene = (struct scn_scene){0};
}
