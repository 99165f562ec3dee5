#include "shared_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is answered to whom it knows. */
static const struct {
    const char *call;
    int status;
    const char *body;
} ANSWERS[] = {
    {"sessions", 200, "{\"active_sessions\":0}"},
    {"health", 200, "{\"status\":\"ok\"}"},
    {"simulate", 200, "{\"matched_intent\":\"health_check_ping\"}"},
    {"metrics", 200,
     "{\"intents\":1,\"entities\":1,\"flows\":1,\"webhooks\":1,\"integrations\":1,"
     "\"variables\":1}"},
    {"environment", 200, "{\"bot_id\":null}"},
    {"deployments", 200, "{\"deployments\":[]}"},
    {"promote", 202, "{\"job_id\":\"job-1\",\"status\":\"pending\"}"},
    {"status", 200, "{\"status\":\"completed\",\"progress\":100}"},
};

static const char SCOPES[] =
    "environment:write bot:deploy deployment:execute conversation:simulate";

/* One count a thread. */
static _Thread_local const struct shared_server *slept_on;

static void *must_have(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static void answer(int status, const char *body, struct cog_response *out_response)
{
    *out_response = (struct cog_response){
        .status = status, .body = must_have(strdup(body)), .body_length = strlen(body)};
}

static enum cog_code give_token(struct shared_server *server, struct cog_response *out_response,
                                struct cog_error *error)
{
    (void)pthread_mutex_lock(&server->mutex);
    server->token_count++;
    while (server->waiter_count < server->waiters_wanted) {
        (void)pthread_cond_wait(&server->changed, &server->mutex);
    }
    const bool is_cancelled = server->cancels_first && server->token_count == 1;
    char body[256];
    (void)snprintf(body, sizeof body,
                   "{\"access_token\":\"%s\",\"expires_in\":3600,\"token_type\":\"Bearer\","
                   "\"scope\":\"%s\"}",
                   server->token, SCOPES);
    if (!is_cancelled && server->refuses_clients) {
        answer(400, "{\"error\":\"invalid_client\"}", out_response);
    } else if (!is_cancelled) {
        answer(200, body, out_response);
    }
    (void)pthread_mutex_unlock(&server->mutex);
    return is_cancelled ? cog_error_set(error, COG_ERROR_CANCELLED, "cancelled") : COG_OK;
}

static bool knows(struct shared_server *server, const struct cog_request *request)
{
    char expected[SHARED_TOKEN_SIZE + sizeof "Bearer "];
    (void)pthread_mutex_lock(&server->mutex);
    (void)snprintf(expected, sizeof expected, "Bearer %s", server->token);
    server->promotion_count += strcmp(request->call, "promote") == 0 ? 1 : 0;
    (void)pthread_mutex_unlock(&server->mutex);
    for (size_t i = 0; i < request->header_count; i++) {
        if (strcmp(request->headers[i].name, "Authorization") == 0) {
            return strcmp(request->headers[i].value, expected) == 0;
        }
    }
    return false;
}

static enum cog_code send_shared(void *context, const struct cog_request *request,
                                 struct cog_response *out_response, struct cog_error *error)
{
    struct shared_server *server = context;
    if (cog_cancel_is_requested(request->cancel)) {
        return cog_error_set(error, COG_ERROR_CANCELLED, "cancelled");
    }
    if (request->deadline_ms <= cog_clock_monotonic_ms(cog_clock_posix())) {
        return cog_error_set(error, COG_ERROR_DEADLINE, "the deadline has passed");
    }
    if (strcmp(request->call, "token") == 0) {
        return give_token(server, out_response, error);
    }
    if (!knows(server, request)) {
        answer(401, "{}", out_response);
        return COG_OK;
    }
    for (size_t i = 0; i < sizeof ANSWERS / sizeof ANSWERS[0]; i++) {
        if (strcmp(request->call, ANSWERS[i].call) == 0) {
            answer(ANSWERS[i].status, ANSWERS[i].body, out_response);
            return COG_OK;
        }
    }
    answer(404, "{}", out_response);
    return COG_OK;
}

void shared_server_init(struct shared_server *server)
{
    *server = (struct shared_server){.token = "one"};
    if (pthread_mutex_init(&server->mutex, NULL) != 0 ||
        pthread_cond_init(&server->changed, NULL) != 0) {
        abort();
    }
}

void shared_server_finish(struct shared_server *server)
{
    (void)pthread_cond_destroy(&server->changed);
    (void)pthread_mutex_destroy(&server->mutex);
}

void shared_server_change_token(struct shared_server *server, const char *token, size_t waiters)
{
    (void)pthread_mutex_lock(&server->mutex);
    (void)snprintf(server->token, sizeof server->token, "%s", token);
    server->waiters_wanted = waiters;
    server->waiter_count = 0;
    (void)pthread_mutex_unlock(&server->mutex);
}

struct cog_transport shared_server_transport(struct shared_server *server)
{
    static const struct cog_transport_ops ops = {.send = send_shared};
    return (struct cog_transport){&ops, server};
}

static int64_t monotonic_ms(void *context)
{
    (void)context;
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static int64_t unix_ms(void *context)
{
    (void)context;
    return cog_clock_unix_ms(cog_clock_posix());
}

static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    struct shared_server *server = context;
    if (slept_on != server) {
        slept_on = server;
        (void)pthread_mutex_lock(&server->mutex);
        server->waiter_count++;
        (void)pthread_cond_broadcast(&server->changed);
        (void)pthread_mutex_unlock(&server->mutex);
    }
    return cog_clock_sleep_until(cog_clock_posix(), due_ms, cancel);
}

struct cog_clock shared_server_clock(struct shared_server *server)
{
    static const struct cog_clock_ops ops = {monotonic_ms, unix_ms, sleep_until};
    return (struct cog_clock){&ops, server};
}
