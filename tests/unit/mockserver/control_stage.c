#include "control_stage.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

void control_open(struct control_stage *stage, const struct mock_control_options *options)
{
    struct cog_error error = {0};
    struct mock_script *script = NULL;
    *stage = (struct control_stage){.content_type = "application/json"};
    cog_clock_virtual_init(&stage->clock, CONTROL_START_UNIX_MS);
    const struct mock_tenants_options tenants_options = {
        .clock = cog_clock_virtual(&stage->clock), .seed = 1, .tenants_max = 100};
    struct mock_control_options control_options =
        options == NULL ? (struct mock_control_options){0} : *options;
    control_options.clock = tenants_options.clock;
    control_options.version = "1.2.3";
    cr_assert(mock_script_create_default(&script, &error) == COG_OK);
    cr_assert(mock_tenants_create(script, &tenants_options, &stage->tenants, &error) == COG_OK);
    cr_assert(mock_control_create(stage->tenants, &control_options, &stage->control, &error) ==
              COG_OK);
}

void control_close(struct control_stage *stage)
{
    cJSON_Delete(stage->json);
    mock_plan_finish(&stage->plan);
    mock_control_destroy(stage->control);
    mock_tenants_destroy(stage->tenants);
}

void control_header(struct control_stage *stage, const char *name, const char *value)
{
    cr_assert(stage->header_count < CONTROL_HEADERS_MAX - 1);
    stage->headers[stage->header_count++] = (struct mock_header){(char *)name, (char *)value};
}

void control_clear_headers(struct control_stage *stage)
{
    stage->header_count = 0;
}

static enum cog_code deliver(struct control_stage *stage, struct mock_request *request,
                             struct cog_error *error)
{
    const struct mock_site site = mock_control_site(stage->control);
    size_t skipped_length = 0;
    struct mock_server *server = site.ops->find(site.context, request->target, &skipped_length);
    if (server == NULL) {
        return site.ops->answer(site.context, request, &stage->plan, error);
    }
    request->target += skipped_length;
    return mock_handle(server, request, &stage->plan, error);
}

int control_send(struct control_stage *stage, const char *method, const char *target,
                 const char *body)
{
    struct mock_header headers[CONTROL_HEADERS_MAX];
    size_t count = stage->header_count;
    memcpy(headers, stage->headers, sizeof stage->headers);
    if (body != NULL && stage->content_type != NULL) {
        headers[count++] =
            (struct mock_header){(char *)"Content-Type", (char *)stage->content_type};
    }
    struct mock_request request = {
        .method = method,
        .target = target,
        .headers = headers,
        .header_count = count,
        .body = body == NULL ? "" : body,
        .body_length = body == NULL ? 0 : strlen(body),
    };
    struct cog_error error = {0};
    cJSON_Delete(stage->json);
    mock_plan_finish(&stage->plan);
    cr_assert(deliver(stage, &request, &error) == COG_OK, "%s", error.message);
    stage->json = stage->plan.body == NULL ? NULL : cJSON_Parse(stage->plan.body);
    return stage->plan.status;
}

int control_call(struct control_stage *stage, const char *method, const char *path,
                 const char *body)
{
    char target[512];
    (void)snprintf(target, sizeof target, CONTROL_V1 "%s", path);
    return control_send(stage, method, target, body);
}

void control_authorize(struct control_stage *stage, const char *prefix)
{
    static char bearer[160];
    char target[128];
    const char *type = stage->content_type;
    (void)snprintf(target, sizeof target, "%s/api/v1/oauth/token", prefix);
    /* dev-client:dev-secret */
    control_header(stage, "Authorization", "Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0");
    stage->content_type = "application/x-www-form-urlencoded";
    cr_assert_eq(control_send(stage, "POST", target, "grant_type=client_credentials"), 200);
    stage->content_type = type;
    (void)snprintf(bearer, sizeof bearer, "Bearer %s", control_text(stage, "access_token"));
    stage->headers[stage->header_count - 1].value = bearer;
}

const char *control_answer_header(const struct control_stage *stage, const char *name)
{
    for (size_t i = 0; i < stage->plan.header_count; i++) {
        if (cog_string_equals_ignoring_case(stage->plan.headers[i].name, name)) {
            return stage->plan.headers[i].value;
        }
    }
    return "";
}

const cJSON *control_node(const struct control_stage *stage, const char *path)
{
    char key[64];
    const cJSON *node = stage->json;
    while (node != NULL && *path != '\0') {
        const size_t length = strcspn(path, ".");
        cr_assert(length < sizeof key);
        memcpy(key, path, length);
        key[length] = '\0';
        node = cJSON_IsArray(node) ? cJSON_GetArrayItem(node, key[0] - '0')
                                   : cJSON_GetObjectItemCaseSensitive(node, key);
        path += length + (path[length] == '.' ? 1 : 0);
    }
    return node;
}

const char *control_text(const struct control_stage *stage, const char *path)
{
    const char *text = cJSON_GetStringValue(control_node(stage, path));
    return text == NULL ? "" : text;
}

int64_t control_number(const struct control_stage *stage, const char *path)
{
    const cJSON *node = control_node(stage, path);
    return cJSON_IsNumber(node) ? (int64_t)node->valuedouble : -1;
}

struct mock_stream control_take_stream(struct control_stage *stage)
{
    const struct mock_stream stream = stage->plan.stream;
    stage->plan.stream = (struct mock_stream){0};
    return stream;
}

const char *control_read(struct control_stage *stage, struct mock_stream stream, size_t size)
{
    size_t length = 0;
    while (stream.ops->is_ready(stream.context)) {
        const size_t room = sizeof stage->stream_text - 1 - length;
        const size_t taken = stream.ops->read(stream.context, stage->stream_text + length,
                                              size < room ? size : room);
        cr_assert(taken > 0, "what is ready must give something");
        length += taken;
    }
    stage->stream_text[length] = '\0';
    return stage->stream_text;
}
