#include "script/scenario.h"

#include "script/member.h"

#include <assert.h>
#include <stdlib.h>

static const char *const scenario_keys[] = {
    "name",  "description", "tags",      "server",           "faults",  "client", "seed", "expect",
    "cases", "calls",       "transport", "transport_reason", "injects", "drill",  NULL,
};

static const char *const server_keys[] = {
    "api",   "environments", "job",        "rollback",         "sessions",         "health",
    "oauth", "conversation", "rate_limit", "idempotency_keys", "poll_retry_after", "down",
    "hooks", "stubs",        NULL,
};

static enum cog_code read_health(const struct cog_document *document, const cJSON *server,
                                 struct mock_setup *setup, struct cog_error *error)
{
    static const struct mock_level_form form = {"status", {200, 599}};
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, server, "health", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    return mock_member_level(document, array, &form, &setup->health, error);
}

static enum cog_code read_server(const struct cog_document *document, const cJSON *server,
                                 struct mock_script *script, struct cog_error *error)
{
    enum cog_code code = cog_document_check_keys(document, server, server_keys, error);
    if (code == COG_OK) {
        code = mock_script_read_environments(document, server, &script->setup, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_job(document, server, &script->setup.job, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_rollback(document, server, &script->setup.rollback, error);
    }
    if (code == COG_OK) {
        code = read_health(document, server, &script->setup, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_oauth(document, server, script, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_behaviour(document, server, &script->behaviour, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_outages(document, server, &script->outages, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_hooks(document, server, &script->hooks, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_stubs(document, server, &script->stubs, error);
    }
    return code;
}

/* The member `server` of the scenario, or of its case. */
static enum cog_code read_layer(const struct cog_document *document, const cJSON *layer,
                                struct mock_script *script, struct cog_error *error)
{
    const cJSON *server = NULL;
    enum cog_code code = cog_document_object(document, layer, "server", &server, error);
    return code == COG_OK && server != NULL ? read_server(document, server, script, error) : code;
}

static enum cog_code read_scenario(const struct cog_document *document,
                                   const struct mock_case *chosen, struct mock_script *script,
                                   struct cog_error *error)
{
    enum cog_code code = cog_document_check_keys(document, document->root, scenario_keys, error);
    if (code == COG_OK) {
        code = read_layer(document, document->root, script, error);
    }
    if (code == COG_OK && cJSON_IsObject(chosen->node)) {
        code = read_layer(document, chosen->node, script, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_faults(document, chosen, script, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_injects(document, script, error);
    }
    return code;
}

/* What an inject changes has to fit the server that it will find. */
static enum cog_code try_inject(const struct cog_document *document, const struct mock_case *chosen,
                                const cJSON *server, struct cog_error *error)
{
    struct mock_script *script = NULL;
    enum cog_code code = mock_script_create_default(&script, error);
    if (code == COG_OK) {
        code = read_scenario(document, chosen, script, error);
    }
    if (code == COG_OK) {
        code = read_server(document, server, script, error);
    }
    mock_script_destroy(script);
    return code;
}

static enum cog_code try_injects(const struct cog_document *document,
                                 const struct mock_case *chosen, struct cog_error *error)
{
    const cJSON *injects = cJSON_GetObjectItemCaseSensitive(document->root, "injects");
    const cJSON *node = NULL;
    enum cog_code code = COG_OK;
    cJSON_ArrayForEach(node, injects)
    {
        const cJSON *server = cJSON_GetObjectItemCaseSensitive(node, "server");
        if (code == COG_OK && server != NULL) {
            code = try_inject(document, chosen, server, error);
        }
    }
    return code;
}

static enum cog_code read_patched(const struct cog_document *document,
                                  const struct mock_case *chosen,
                                  const struct cog_document *const *patches,
                                  struct mock_script *script, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (document != NULL) {
        code = read_scenario(document, chosen, script, error);
        /* Of a changed one they were tried before. */
        if (code == COG_OK && *patches == NULL) {
            code = try_injects(document, chosen, error);
        }
    }
    for (; code == COG_OK && *patches != NULL; patches++) {
        code = read_server(*patches, (*patches)->root, script, error);
    }
    return code;
}

enum cog_code mock_script_parse(const struct cog_document *document,
                                struct mock_script **out_script, struct cog_error *error)
{
    static const struct mock_case none = {0};
    return mock_script_parse_case(document, &none, out_script, error);
}

enum cog_code mock_script_parse_case(const struct cog_document *document,
                                     const struct mock_case *chosen,
                                     struct mock_script **out_script, struct cog_error *error)
{
    static const struct cog_document *const patches[] = {NULL};
    return mock_script_parse_patched(document, chosen, patches, out_script, error);
}

enum cog_code mock_script_parse_patched(const struct cog_document *document,
                                        const struct mock_case *chosen,
                                        const struct cog_document *const *patches,
                                        struct mock_script **out_script, struct cog_error *error)
{
    struct mock_script *script = NULL;
    enum cog_code code = mock_script_create_default(&script, error);
    if (code != COG_OK) {
        return code;
    }
    code = read_patched(document, chosen, patches, script, error);
    if (code == COG_OK) {
        code = mock_source_keep(&script->source, document, chosen, patches, error);
    }
    if (code != COG_OK) {
        mock_script_destroy(script);
        return code;
    }
    *out_script = script;
    return COG_OK;
}

enum cog_code mock_script_create_default(struct mock_script **out_script, struct cog_error *error)
{
    struct mock_script *script = calloc(1, sizeof *script);
    if (script == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    script->holder_count = 1;
    script->behaviour = (struct mock_behaviour){
        .honours_idempotency_keys = true,
        .poll_retry_after_ms = -1,
        .conversation_matches = true,
        .scope_in_answer = true,
        .has_introspection = true,
        .oauth = {.takes_basic = true, .takes_post = true, .token_type = "Bearer"},
    };
    if (mock_setup_init(&script->setup) != COG_OK) {
        mock_script_destroy(script);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_script = script;
    return COG_OK;
}

struct mock_script *mock_script_hold(struct mock_script *script)
{
    assert(script->holder_count > 0);

    script->holder_count++;
    return script;
}

void mock_script_destroy(struct mock_script *script)
{
    if (script == NULL || --script->holder_count > 0) {
        return;
    }
    for (size_t i = 0; i < script->fault_count; i++) {
        mock_fault_finish(&script->faults[i]);
    }
    for (size_t i = 0; i < script->inject_count; i++) {
        mock_inject_finish(&script->injects[i]);
    }
    free(script->faults);
    free(script->injects);
    mock_hook_setups_finish(&script->hooks);
    mock_stubs_finish(&script->stubs);
    mock_source_finish(&script->source);
    mock_setup_finish(&script->setup);
    free(script);
}
