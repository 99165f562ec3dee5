#include "stage.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void open_script(struct stage *stage, const char *scenario)
{
    struct cog_error error = {0};
    if (scenario == NULL) {
        cr_assert(mock_script_create_default(&stage->script, &error) == COG_OK);
        return;
    }
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    cr_assert(cog_document_parse("test.json", scenario, strlen(scenario), &document, &error) ==
                  COG_OK,
              "%s", error.message);
    cr_assert(mock_script_parse(&document, &stage->script, &error) == COG_OK, "%s", error.message);
}

void stage_open(struct stage *stage, const char *scenario)
{
    struct cog_error error = {0};
    *stage = (struct stage){.content_type = "application/json"};
    open_script(stage, scenario);
    cog_clock_virtual_init(&stage->clock, STAGE_START_UNIX_MS);
    const struct mock_server_options options = {
        .clock = cog_clock_virtual(&stage->clock),
        .seed = 1,
    };
    cr_assert(mock_server_create(stage->script, &options, &stage->server, &error) == COG_OK);
    (void)stage_fetch_token(stage);
}

void stage_close(struct stage *stage)
{
    cJSON_Delete(stage->json);
    mock_plan_finish(&stage->plan);
    mock_server_destroy(stage->server);
    mock_script_destroy(stage->script);
}

void stage_header(struct stage *stage, const char *name, const char *value)
{
    cr_assert(stage->header_count < STAGE_HEADERS_MAX);
    stage->headers[stage->header_count++] = (struct mock_header){(char *)name, (char *)value};
}

int stage_send(struct stage *stage, const char *method, const char *target, const char *body)
{
    char bearer[160];
    struct mock_header headers[STAGE_HEADERS_MAX + 2];
    size_t count = stage->header_count;
    memcpy(headers, stage->headers, sizeof stage->headers);
    if (stage->token[0] != '\0') {
        (void)snprintf(bearer, sizeof bearer, "Bearer %s", stage->token);
        headers[count++] = (struct mock_header){(char *)"Authorization", bearer};
    }
    if (body != NULL && stage->content_type != NULL) {
        headers[count++] =
            (struct mock_header){(char *)"Content-Type", (char *)stage->content_type};
    }
    const struct mock_request request = {
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
    cr_assert(mock_handle(stage->server, &request, &stage->plan, &error) == COG_OK, "%s",
              error.message);
    stage->json = stage->plan.body == NULL ? NULL : cJSON_Parse(stage->plan.body);
    return stage->plan.status;
}

int stage_promote(struct stage *stage)
{
    return stage_send(stage, "POST", "/api/v1/deployments/promote", STAGE_PROMOTION);
}

int stage_fetch_token(struct stage *stage)
{
    const struct stage before = *stage;
    stage->token[0] = '\0';
    stage->content_type = "application/x-www-form-urlencoded";
    stage->header_count = 0;
    /* dev-client:dev-secret */
    stage_header(stage, "Authorization", "Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0");
    int status = stage_send(stage, "POST", "/api/v1/oauth/token", "grant_type=client_credentials");
    (void)snprintf(stage->token, sizeof stage->token, "%s", stage_text(stage, "access_token"));
    stage->content_type = before.content_type;
    stage->header_count = before.header_count;
    memcpy(stage->headers, before.headers, sizeof stage->headers);
    return status;
}

void stage_advance(struct stage *stage, int64_t at_ms)
{
    cog_clock_virtual_advance(&stage->clock, at_ms);
}

const char *stage_answer_header(const struct stage *stage, const char *name)
{
    for (size_t i = 0; i < stage->plan.header_count; i++) {
        if (cog_string_equals_ignoring_case(stage->plan.headers[i].name, name)) {
            return stage->plan.headers[i].value;
        }
    }
    return "";
}

const char *stage_text(const struct stage *stage, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(stage->json, name);
    return cJSON_IsString(member) ? member->valuestring : "";
}

int stage_number(const struct stage *stage, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(stage->json, name);
    return cJSON_IsNumber(member) ? member->valueint : -1;
}

bool stage_has(const struct stage *stage, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(stage->json, name) != NULL;
}

bool stage_target_is_unchanged(const struct stage *stage)
{
    char now[COG_DIGEST_SIZE] = "";
    char start[COG_DIGEST_SIZE] = "";
    mock_truth_advance(stage->server);
    cr_assert(mock_truth_digest(stage->server, "env-target", now, start));
    return strcmp(now, start) == 0;
}
