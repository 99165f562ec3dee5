#include "drill/guided/remote_truth.h"

#include "judge/exchange.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 64, SUCCESS_FIRST = 200, SUCCESS_LAST = 299 };

static const char api_base[] = "/api/v1";

/* NULL where there is none, or nothing in it. */
static const char *text_or_null(const cJSON *object, const char *name)
{
    const char *text = scn_scene_text(object, name);
    return text[0] != '\0' ? text : NULL;
}

/* 0 where there is none. */
static int64_t count_of(const cJSON *object, const char *name)
{
    const int64_t count = scn_scene_number(object, name);
    return count > 0 ? count : 0;
}

static bool is_true(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static enum mock_exchange_state state_of(const cJSON *request)
{
    const char *name = scn_scene_text(request, "state");
    for (int i = 0; i < MOCK_EXCHANGE_ABANDONED; i++) {
        if (strcmp(mock_exchange_state_name((enum mock_exchange_state)i), name) == 0) {
            return (enum mock_exchange_state)i;
        }
    }
    return MOCK_EXCHANGE_ABANDONED;
}

static size_t add_headers(const cJSON *list, struct mock_header *out_headers)
{
    size_t count = 0;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "name"));
        char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "value"));
        if (name != NULL && value != NULL) {
            out_headers[count++] = (struct mock_header){name, value};
        }
    }
    return count;
}

static const char *find_header(const struct mock_exchange *exchange, const char *name)
{
    for (size_t i = 0; i < exchange->header_count; i++) {
        if (cog_string_equals_ignoring_case(exchange->headers[i].name, name)) {
            return exchange->headers[i].value;
        }
    }
    return NULL;
}

/* Behind the API's base, if it is within. */
static const char *path_of(const char *target)
{
    const size_t length = sizeof api_base - 1;
    return strncmp(target, api_base, length) == 0 && target[length] == '/' ? target + length
                                                                           : target;
}

static void fill_times(const cJSON *request, double scale, struct mock_exchange *exchange)
{
    exchange->at_ms = count_of(request, "at_ms");
    exchange->answered_ms = scn_scene_number(request, "answered_ms");
    exchange->done_ms = scn_scene_number(request, "done_ms");
    exchange->delay_ms = count_of(request, "delay_ms");
    exchange->base_at_ms = (int64_t)((double)exchange->at_ms / scale);
    exchange->base_answered_ms =
        exchange->answered_ms < 0 ? 0 : (int64_t)((double)exchange->answered_ms / scale);
    exchange->base_done_ms =
        exchange->done_ms < 0 ? 0 : (int64_t)((double)exchange->done_ms / scale);
}

static void fill_outcome(const cJSON *request, struct mock_exchange *exchange)
{
    exchange->status = (int)count_of(request, "status");
    exchange->applied = is_true(request, "applied");
    exchange->fault = text_or_null(request, "fault");
    exchange->faults = text_or_null(request, "faults");
    exchange->rule = text_or_null(request, "rule");
    exchange->why = scn_scene_text(request, "why");
    exchange->retry_after_ms = count_of(request, "retry_after_ms");
    exchange->client = text_or_null(request, "client");
    exchange->connection = (uint64_t)count_of(request, "connection");
    exchange->connection_request = (uint64_t)count_of(request, "connection_request");
    exchange->request_id = text_or_null(request, "request_id");
    exchange->idempotency_key = text_or_null(request, "idempotency_key");
    exchange->body_length = (size_t)count_of(request, "body_length");
    exchange->answer_body_length = (size_t)count_of(request, "answer_length");
}

/* What only the whole description of a request has. @return how many headers there are */
static size_t fill_whole(const cJSON *request, struct mock_header *headers,
                         struct mock_exchange *exchange)
{
    const cJSON *answer = cJSON_GetObjectItemCaseSensitive(request, "answer");
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(request, "headers");
    const cJSON *answer_list = cJSON_GetObjectItemCaseSensitive(answer, "headers");
    exchange->headers = headers;
    exchange->header_count = add_headers(list, headers);
    exchange->answer_headers = headers + exchange->header_count;
    exchange->answer_header_count = add_headers(answer_list, headers + exchange->header_count);
    exchange->body = scn_scene_text(request, "body");
    exchange->answer_body = cJSON_IsObject(answer) ? scn_scene_text(answer, "body") : NULL;
    exchange->is_whole = is_true(answer, "is_whole");
    exchange->has_authorization = find_header(exchange, "Authorization") != NULL;
    exchange->webhook_id = find_header(exchange, "webhook-id");
    exchange->webhook_timestamp = find_header(exchange, "webhook-timestamp");
    exchange->webhook_signature = find_header(exchange, "webhook-signature");
    return exchange->header_count + exchange->answer_header_count;
}

/* "t-12" */
static int64_t token_of(const cJSON *request)
{
    const char *text = scn_scene_text(request, "token");
    return strncmp(text, "t-", 2) == 0 ? strtoll(text + 2, NULL, 10) : 0;
}

static size_t fill_exchange(const cJSON *request, double scale, struct mock_header *headers,
                            struct mock_exchange *exchange)
{
    exchange->number = (uint64_t)count_of(request, "number");
    exchange->state = state_of(request);
    exchange->method = scn_scene_text(request, "method");
    exchange->target = scn_scene_text(request, "target");
    exchange->path = path_of(exchange->target);
    exchange->call = scn_scene_text(request, "call");
    exchange->nth = (int)count_of(request, "nth");
    exchange->attempt = (int)count_of(request, "attempt");
    exchange->token = token_of(request);
    fill_times(request, scale, exchange);
    fill_outcome(request, exchange);
    return fill_whole(request, headers, exchange);
}

/* Each request again, with all there is of it; as the scene has it where that cannot be had. */
static bool describe_requests(const struct scn_scene *scene, struct scn_control *control,
                              struct scn_remote_truth *truth)
{
    const cJSON *request = NULL;
    truth->requests = cJSON_CreateArray();
    bool is_whole = truth->requests != NULL;
    cJSON_ArrayForEach(request, scene->requests)
    {
        char path[PATH_SIZE];
        cJSON *whole = NULL;
        (void)snprintf(path, sizeof path, "/requests/%" PRId64,
                       scn_scene_number(request, "number"));
        if (control == NULL || scn_control_get(control, path, &whole, NULL) != COG_OK) {
            whole = cJSON_Duplicate(request, true);
        }
        is_whole = is_whole && whole != NULL && cJSON_AddItemToArray(truth->requests, whole) != 0;
    }
    return is_whole;
}

static size_t count_headers(const cJSON *requests)
{
    size_t count = 1;
    const cJSON *request = NULL;
    cJSON_ArrayForEach(request, requests)
    {
        const cJSON *answer = cJSON_GetObjectItemCaseSensitive(request, "answer");
        count += (size_t)cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(request, "headers"));
        count += (size_t)cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(answer, "headers"));
    }
    return count;
}

static bool read_exchanges(struct scn_remote_truth *truth, double scale, struct scn_facts *facts)
{
    const size_t count = (size_t)cJSON_GetArraySize(truth->requests);
    truth->exchanges = calloc(count + 1, sizeof *truth->exchanges);
    truth->headers = calloc(count_headers(truth->requests), sizeof *truth->headers);
    truth->deliveries = calloc(count + 1, sizeof *truth->deliveries);
    if (truth->exchanges == NULL || truth->headers == NULL || truth->deliveries == NULL) {
        return false;
    }
    size_t header_count = 0;
    const cJSON *request = NULL;
    cJSON_ArrayForEach(request, truth->requests)
    {
        header_count += fill_exchange(request, scale, truth->headers + header_count,
                                      &truth->exchanges[facts->exchange_count++]);
    }
    facts->exchanges = truth->exchanges;
    return true;
}

/* What the receiver of webhooks took. */
static void read_deliveries(struct scn_remote_truth *truth, struct scn_facts *facts)
{
    facts->delivery_count = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &truth->exchanges[i];
        const bool is_taken = exchange->status >= SUCCESS_FIRST &&
                              exchange->status <= SUCCESS_LAST &&
                              exchange->state == MOCK_EXCHANGE_DONE;
        if (scn_exchange_is(exchange, "webhook") && is_taken) {
            truth->deliveries[facts->delivery_count++] = (struct mock_delivery){
                .at_ms = exchange->at_ms,
                .webhook_id = exchange->webhook_id,
                .signature = exchange->webhook_signature,
                .body = exchange->body,
            };
        }
    }
    facts->deliveries = truth->deliveries;
}

static struct mock_deployment_truth deployment_of(const cJSON *job)
{
    return (struct mock_deployment_truth){
        .job_id = scn_scene_text(job, "job_id"),
        .source_id = scn_scene_text(job, "source_id"),
        .target_id = scn_scene_text(job, "target_id"),
        .status = scn_scene_text(job, "status"),
        .error = text_or_null(job, "error"),
        .created_ms = scn_scene_number(job, "created_ms"),
        .touched_ms = scn_scene_number(job, "touched_ms"),
        .ended_ms = scn_scene_number(job, "ended_ms"),
        .sessions_at_start = (int)count_of(job, "sessions_at_start"),
        .sessions_overridden = is_true(job, "sessions_overridden"),
        .reversible = is_true(job, "reversible"),
        .rollback_count = (int)count_of(job, "rollback_count"),
        .rollback_ended_ms = scn_scene_number(job, "rollback_ended_ms"),
    };
}

static bool read_deployments(struct scn_remote_truth *truth, struct scn_facts *facts)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(truth->jobs, "jobs");
    const cJSON *job = NULL;
    truth->deployments = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *truth->deployments);
    if (truth->deployments == NULL) {
        return false;
    }
    cJSON_ArrayForEach(job, list)
    {
        truth->deployments[facts->deployment_count++] = deployment_of(job);
    }
    facts->deployments = truth->deployments;
    return true;
}

static bool read_injects(struct scn_remote_truth *truth, struct scn_facts *facts)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(truth->injects, "injects");
    const cJSON *item = NULL;
    truth->struck = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *truth->struck);
    if (truth->struck == NULL) {
        return false;
    }
    cJSON_ArrayForEach(item, list)
    {
        const bool has_struck = strcmp(scn_scene_text(item, "status"), "struck") == 0;
        truth->struck[facts->inject_count++] = (struct scn_inject){
            .name = scn_scene_text(item, "name"),
            .text = scn_scene_text(item, "text"),
            .struck_ms = has_struck ? scn_scene_number(item, "struck_ms") : -1,
            .failure = scn_scene_text(item, "failure"),
        };
    }
    facts->injects = truth->struck;
    return true;
}

static struct scn_content content_of(const struct scn_scene *scene, const char *environment_id)
{
    struct scn_content content = {0};
    const cJSON *item = scn_scene_environment(scene, environment_id);
    content.is_known = item != NULL;
    (void)snprintf(content.now, sizeof content.now, "%s", scn_scene_text(item, "content_digest"));
    (void)snprintf(content.start, sizeof content.start, "%s", scn_scene_text(item, "start_digest"));
    return content;
}

enum cog_code scn_remote_truth_read(const struct scn_scene *scene, struct scn_control *control,
                                    const struct cog_config *config,
                                    struct scn_remote_truth *out_truth,
                                    struct scn_facts *inout_facts)
{
    COG_CLEANUP(scn_remote_truth_finish) struct scn_remote_truth truth = {0};
    struct scn_facts facts = *inout_facts;
    truth.jobs = cJSON_Duplicate(scene->jobs, true);
    truth.injects = cJSON_Duplicate(scene->injects, true);
    if (!describe_requests(scene, control, &truth) ||
        !read_exchanges(&truth, scn_scene_scale(scene), &facts) ||
        !read_deployments(&truth, &facts) || !read_injects(&truth, &facts)) {
        return COG_ERROR_MEMORY;
    }
    read_deliveries(&truth, &facts);
    facts.dropped_exchange_count = scene->dropped > 0 ? (size_t)scene->dropped : 0;
    facts.source = content_of(scene, config->source_environment_id);
    facts.target = content_of(scene, config->target_environment_id);
    *inout_facts = facts;
    *out_truth = truth;
    truth = (struct scn_remote_truth){0};
    return COG_OK;
}

/* Whether a token is the other one's: some request with its mark came with it. */
static bool is_marked_token(const struct scn_remote_truth *truth, size_t count, int64_t token,
                            const char *traceparent)
{
    for (size_t i = 0; i < count && token > 0; i++) {
        const struct mock_exchange *exchange = &truth->exchanges[i];
        const char *mark = find_header(exchange, "traceparent");
        if (exchange->token == token && mark != NULL && strcmp(mark, traceparent) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether its answer names the job. */
static bool has_made(const struct mock_exchange *exchange, const char *job_id)
{
    COG_CLEANUP(cog_json_finish) cJSON *answer = NULL;
    return scn_exchange_is(exchange, "promote") && exchange->answer_body != NULL &&
           cog_json_parse_object(exchange->answer_body, strlen(exchange->answer_body), &answer,
                                 NULL) == COG_OK &&
           strcmp(scn_scene_text(answer, "job_id"), job_id) == 0;
}

/* Which of the two an exchange is of. */
static void part_exchanges(struct scn_remote_truth *truth, const char *traceparent,
                           struct scn_facts *facts, struct scn_facts *other)
{
    const size_t count = facts->exchange_count;
    for (size_t i = 0; i < count; i++) {
        const struct mock_exchange *exchange = &truth->exchanges[i];
        if (is_marked_token(truth, count, exchange->token, traceparent)) {
            truth->other_exchanges[other->exchange_count++] = *exchange;
        }
    }
    size_t kept = 0;
    size_t left_out = 0;
    for (size_t i = 0; i < count; i++) {
        const struct mock_exchange exchange = truth->exchanges[i];
        if (left_out < other->exchange_count &&
            truth->other_exchanges[left_out].number == exchange.number) {
            left_out++;
        } else {
            truth->exchanges[kept++] = exchange;
        }
    }
    facts->exchange_count = kept;
    other->exchanges = truth->other_exchanges;
}

static bool is_others(const struct scn_facts *other, const char *job_id)
{
    for (size_t i = 0; i < other->exchange_count; i++) {
        if (has_made(&other->exchanges[i], job_id)) {
            return true;
        }
    }
    return false;
}

static void part_deployments(struct scn_remote_truth *truth, struct scn_facts *facts,
                             struct scn_facts *other)
{
    size_t kept = 0;
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth deployment = truth->deployments[i];
        if (is_others(other, deployment.job_id)) {
            truth->other_deployments[other->deployment_count++] = deployment;
        } else {
            truth->deployments[kept++] = deployment;
        }
    }
    facts->deployment_count = kept;
    other->deployments = truth->other_deployments;
}

enum cog_code scn_remote_truth_part(struct scn_remote_truth *truth, const char *traceparent,
                                    struct scn_facts *inout_facts, struct scn_facts *inout_other)
{
    struct scn_facts *facts = inout_facts;
    truth->other_exchanges = calloc(facts->exchange_count + 1, sizeof *truth->other_exchanges);
    truth->other_deployments =
        calloc(facts->deployment_count + 1, sizeof *truth->other_deployments);
    if (truth->other_exchanges == NULL || truth->other_deployments == NULL) {
        return COG_ERROR_MEMORY;
    }
    part_exchanges(truth, traceparent, facts, inout_other);
    part_deployments(truth, facts, inout_other);
    read_deliveries(truth, facts);
    return COG_OK;
}

void scn_remote_truth_finish(struct scn_remote_truth *truth)
{
    cJSON_Delete(truth->requests);
    cJSON_Delete(truth->jobs);
    cJSON_Delete(truth->injects);
    free(truth->exchanges);
    free(truth->headers);
    free(truth->deployments);
    free(truth->deliveries);
    free(truth->struck);
    free(truth->other_exchanges);
    free(truth->other_deployments);
    *truth = (struct scn_remote_truth){0};
}
