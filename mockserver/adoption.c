/* A changed script takes over while the server runs. */
#include "server_private.h"

static bool outages_equal(const struct mock_outages *left, const struct mock_outages *right)
{
    bool are_equal = left->count == right->count;
    for (size_t i = 0; are_equal && i < left->count; i++) {
        are_equal = left->items[i].from_ms == right->items[i].from_ms &&
                    left->items[i].until_ms == right->items[i].until_ms;
    }
    return are_equal;
}

/* Nothing of what the old script says is used any more but its faults, which are in `script`. */
static void replace_present(struct mock_server *server, struct mock_script *script)
{
    if (!outages_equal(&server->present->outages, &script->outages)) {
        server->outages_since_ms = server->api.world->now_ms;
    }
    server->api.behaviour = &script->behaviour;
    mock_script_destroy(server->present);
    server->present = script;
}

enum cog_code mock_server_adopt(struct mock_server *server, const struct cog_document *patch,
                                struct cog_error *error)
{
    mock_server_advance(server);
    return mock_server_change(server, patch, error);
}

enum cog_code mock_server_change(struct mock_server *server, const struct cog_document *patch,
                                 struct cog_error *error)
{
    struct mock_script *script = NULL;
    COG_CLEANUP(mock_stubs_finish) struct mock_stubs stubs = {0};
    const bool has_stubs = cJSON_HasObjectItem(patch->root, "stubs");
    enum cog_code code = mock_script_patch(server->present, patch, &script, error);
    if (code != COG_OK) {
        return code;
    }
    stubs.last_number = server->api.stubs.last_number;
    code = has_stubs ? mock_stubs_append_copies(&stubs, &script->stubs, error) : COG_OK;
    if (code == COG_OK) {
        code = mock_world_adopt(server->api.world, &script->setup, error);
    }
    if (code != COG_OK) {
        mock_script_destroy(script);
        return code;
    }
    code = mock_hooks_adopt(&server->api.hooks, &script->hooks, &server->present->hooks);
    replace_present(server, script);
    if (has_stubs) {
        const struct mock_stubs old = server->api.stubs;
        server->api.stubs = stubs;
        stubs = old;
    }
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}
