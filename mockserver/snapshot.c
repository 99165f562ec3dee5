/* The whole state of a server as JSON, and a server that goes on from it. */
#include "server_private.h"

#include "v1/rate_state.h"
#include "world/state.h"
#include "world/tokens_state.h"

#include <cogbase/json.h>
#include <cogbase/number.h>

static const char start_name[] = "start_unix_ms";

enum cog_code mock_server_snapshot(struct mock_server *server, cJSON **out_state)
{
    COG_CLEANUP(cog_json_finish) cJSON *state = NULL;
    mock_server_advance(server);
    enum cog_code code = mock_state_write(server->api.world, &state);
    if (code != COG_OK) {
        return code;
    }
    cJSON *tokens = cJSON_AddObjectToObject(state, "tokens");
    cJSON *rate = cJSON_AddObjectToObject(state, "rate");
    if (tokens == NULL || rate == NULL ||
        cJSON_AddNumberToObject(state, start_name, (double)server->clock.start_unix_ms) == NULL) {
        return COG_ERROR_MEMORY;
    }
    code = mock_tokens_append_state(&server->api.world->tokens, tokens);
    if (code == COG_OK) {
        code = mock_rate_append_state(&server->api.rate, rate);
    }
    if (code == COG_OK) {
        code = mock_state_seal(state);
    }
    if (code == COG_OK) {
        *out_state = state;
        state = NULL;
    }
    return code;
}

/* A complaint of those who know no document, at the member that is theirs. */
static enum cog_code refuse(const struct cog_document *document, const cJSON *member,
                            enum cog_code code, const struct cog_error *cause,
                            struct cog_error *error)
{
    if (code != COG_ERROR_PROTOCOL) {
        return cog_error_set(error, code, "%s", cause->message);
    }
    return cog_document_fail(document, member, error, "%s: %s", member->string, cause->message);
}

static enum cog_code read_tokens(const struct cog_document *document, struct mock_world *world,
                                 struct cog_error *error)
{
    const cJSON *tokens = NULL;
    struct cog_error cause = {0};
    enum cog_code code = cog_document_object(document, document->root, "tokens", &tokens, error);
    if (code != COG_OK || tokens == NULL) {
        return code;
    }
    code = mock_tokens_read_state(&world->tokens, tokens, &cause);
    return code == COG_OK ? COG_OK : refuse(document, tokens, code, &cause, error);
}

static enum cog_code read_rate(const struct cog_document *document,
                               const struct mock_script *script, struct mock_rate *rate,
                               struct cog_error *error)
{
    const cJSON *object = NULL;
    struct cog_error cause = {0};
    enum cog_code code = cog_document_object(document, document->root, "rate", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    code = mock_rate_read_state(rate, &script->behaviour.rate_limits, object, &cause);
    return code == COG_OK ? COG_OK : refuse(document, object, code, &cause, error);
}

static void take_over(struct mock_server *server, struct mock_world *world, struct mock_rate *rate,
                      int64_t start_unix_ms)
{
    mock_world_destroy(server->api.world);
    server->api.world = world;
    world->observer = (struct mock_world_observer){mock_server_happened, server};
    mock_rate_finish(&server->api.rate);
    server->api.rate = *rate;
    *rate = (struct mock_rate){0};
    server->api.start_unix_ms = start_unix_ms;
    mock_clock_set(&server->clock, world->now_ms, start_unix_ms);
    mock_server_injects_begin(server);
}

enum cog_code mock_server_restore(struct mock_server *server, const struct cog_document *document,
                                  struct cog_error *error)
{
    static const struct cog_document_range range = {0, COG_NUMBER_INTEGER_MAX};
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    struct mock_world *world = NULL;
    int64_t start_unix_ms = server->clock.start_unix_ms;
    enum cog_code code = mock_state_read(document, document->root, &server->present->setup,
                                         server->seed, &world, error);
    if (code == COG_OK) {
        code = cog_document_integer(document, document->root, start_name, range, &start_unix_ms,
                                    error);
    }
    if (code == COG_OK) {
        code = read_tokens(document, world, error);
    }
    if (code == COG_OK) {
        code = read_rate(document, server->present, &rate, error);
    }
    if (code != COG_OK) {
        mock_world_destroy(world);
        return code;
    }
    take_over(server, world, &rate, start_unix_ms);
    return COG_OK;
}
