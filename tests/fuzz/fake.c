#include "fake.h"

#include <cogbase/document.h>
#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START_UNIX_MS INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

enum { HEADERS_MAX = 32, WAIT_MS_MAX = 1000000000, TENANTS_MAX = 8, JOURNAL_CAPACITY = 64 };

static struct mock_script *script_read(const char *scenario)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct mock_script *script = NULL;
    struct cog_error error = {0};
    if (scenario != NULL &&
        cog_document_parse("scenario", scenario, strlen(scenario), &document, &error) == COG_OK &&
        mock_script_parse(&document, &script, &error) == COG_OK) {
        return script;
    }
    fuzz_expect(mock_script_create_default(&script, &error) == COG_OK, "there is a default world");
    return script;
}

/* Some scenarios give no token: then there is none. */
static void fetch_token(struct fuzz_fake *fake)
{
    char text[] = "POST /api/v1/oauth/token\n"
                  "Content-Type: application/x-www-form-urlencoded\n\n"
                  "grant_type=client_credentials&client_id=dev-client&client_secret=dev-secret";
    struct mock_plan plan = {0};
    (void)fuzz_fake_ask(fake, text, sizeof text - 1, &plan);
    COG_CLEANUP(cog_json_finish)
    cJSON *json = plan.body == NULL ? NULL : cJSON_ParseWithLength(plan.body, plan.body_length);
    const char *token = cJSON_GetStringValue(cJSON_GetObjectItem(json, "access_token"));
    (void)snprintf(fake->bearer, sizeof fake->bearer, "Bearer %s", token == NULL ? "-" : token);
    mock_plan_finish(&plan);
}

void fuzz_fake_init(struct fuzz_fake *fake, const char *scenario)
{
    *fake = (struct fuzz_fake){0};
    cog_clock_virtual_init(&fake->clock, START_UNIX_MS);
    const struct mock_tenants_options tenants_options = {
        .clock = cog_clock_virtual(&fake->clock),
        .seed = 1,
        .tenants_max = TENANTS_MAX,
        .journal_capacity = JOURNAL_CAPACITY,
    };
    const struct mock_control_options control_options = {
        .clock = tenants_options.clock,
        .version = "1.2.3",
    };
    fuzz_expect(mock_tenants_create(script_read(scenario), &tenants_options, &fake->tenants,
                                    NULL) == COG_OK,
                "there are tenants");
    fuzz_expect(mock_control_create(fake->tenants, &control_options, &fake->control, NULL) ==
                    COG_OK,
                "there is a control plane");
    fetch_token(fake);
}

void fuzz_fake_finish(struct fuzz_fake *fake)
{
    mock_control_destroy(fake->control);
    mock_tenants_destroy(fake->tenants);
}

/* Cuts off the text up to the next line, or up to its end. */
static char *take_line(char **rest)
{
    char *line = *rest;
    char *end = strchr(line, '\n');
    *rest = end == NULL ? line + strlen(line) : end + 1;
    if (end != NULL) {
        *end = '\0';
    }
    return line;
}

/* As a library of HTTP has it: no control characters, no space in front. */
static bool read_header(char *line, struct mock_header *out_header)
{
    char *colon = strchr(line, ':');
    if (colon == NULL || colon == line) {
        return false;
    }
    *colon = '\0';
    *out_header = (struct mock_header){line, colon + 1 + strspn(colon + 1, " ")};
    return strpbrk(out_header->value, "\r") == NULL;
}

static bool let_pass(struct fuzz_fake *fake, const char *line)
{
    int64_t by_ms = 0;
    if (line[0] != '@' ||
        cog_number_parse_integer(line + 1, 0, WAIT_MS_MAX, &by_ms, NULL) != COG_OK) {
        return false;
    }
    cog_clock_virtual_advance(&fake->clock, fake->clock.now_ms + by_ms);
    return true;
}

static size_t read_head(struct fuzz_fake *fake, char **rest, bool has_token,
                        struct mock_header headers[HEADERS_MAX])
{
    size_t count = 0;
    if (has_token) {
        headers[count++] = (struct mock_header){(char *)"Authorization", fake->bearer};
    }
    while (**rest != '\0') {
        char *line = take_line(rest);
        if (*line == '\0') {
            break;
        }
        count += count < HEADERS_MAX && read_header(line, &headers[count]) ? 1 : 0;
    }
    return count;
}

static bool deliver(struct fuzz_fake *fake, struct mock_request *request,
                    struct mock_plan *out_plan)
{
    const struct mock_site site = mock_control_site(fake->control);
    size_t skipped_length = 0;
    struct mock_server *server = site.ops->find(site.context, request->target, &skipped_length);
    if (server == NULL) {
        fuzz_expect(site.ops->answer(site.context, request, out_plan, NULL) == COG_OK,
                    "the control plane has an answer to everything");
        return true;
    }
    request->target += skipped_length;
    fuzz_expect(mock_handle(server, request, out_plan, NULL) == COG_OK,
                "there is a plan for every request");
    return false;
}

bool fuzz_fake_ask(struct fuzz_fake *fake, char *text, size_t length, struct mock_plan *out_plan)
{
    struct mock_header headers[HEADERS_MAX];
    char *rest = text;
    char *line = take_line(&rest);
    *out_plan = (struct mock_plan){0};
    if (let_pass(fake, line)) {
        return false;
    }
    const bool has_token = *line == '!';
    char *method = has_token ? line + 1 : line;
    char *space = strchr(method, ' ');
    if (space == NULL || space[1] != '/' || strpbrk(space + 1, " \r\t") != NULL) {
        return false;
    }
    *space = '\0';
    const size_t header_count = read_head(fake, &rest, has_token, headers);
    struct mock_request request = {
        .method = method,
        .target = space + 1,
        .headers = headers,
        .header_count = header_count,
        .body = rest,
        .body_length = length - (size_t)(rest - text),
    };
    return deliver(fake, &request, out_plan);
}

const char *fuzz_plan_header(const struct mock_plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        if (cog_string_equals_ignoring_case(plan->headers[i].name, name)) {
            return plan->headers[i].value;
        }
    }
    return "";
}

void fuzz_expect_plan(const struct fuzz_fake *fake, const struct mock_plan *plan)
{
    fuzz_expect(plan->status == 0 || (plan->status >= 100 && plan->status <= 599),
                "a status has three digits");
    fuzz_expect(plan->status != 0 || plan->ending != MOCK_ENDING_COMPLETE || plan->raw != NULL ||
                    plan->header_count == 0,
                "what is whole has a status");
    fuzz_expect(plan->delay_ms >= 0 && plan->piece_ms >= 0, "no wait is negative");
    fuzz_expect(plan->sent_length <= plan->body_length, "no more goes out than there is");
    for (size_t i = 0; i < plan->header_count; i++) {
        fuzz_expect(plan->headers[i].name[0] != '\0' &&
                        strpbrk(plan->headers[i].name, ":\r\n \t") == NULL,
                    "a header's name is a token");
        fuzz_expect(strpbrk(plan->headers[i].value, "\r\n") == NULL, "a header is one line");
    }
    const bool is_problem =
        strcmp(fuzz_plan_header(plan, "Content-Type"), "application/problem+json") == 0;
    fuzz_expect(!is_problem || fake->bearer[0] == '\0' || fake->bearer[sizeof "Bearer"] == '\0' ||
                    strstr(plan->body, fake->bearer + sizeof "Bearer" - 1) == NULL,
                "a problem tells no token");
}

void fuzz_expect_json(const struct mock_plan *plan)
{
    if (strstr(fuzz_plan_header(plan, "Content-Type"), "json") == NULL) {
        return;
    }
    const char *end = NULL;
    COG_CLEANUP(cog_json_finish)
    cJSON *json = cJSON_ParseWithOpts(plan->body == NULL ? "" : plan->body, &end, true);
    fuzz_expect(json != NULL, "what is said to be JSON is JSON");
    fuzz_expect(strlen(plan->body) == plan->body_length, "JSON has no NUL in it");
}
