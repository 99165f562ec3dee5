#include "tenants/tenant.h"

#include "server_private.h"
#include "tenants/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void happened(void *context, const struct mock_event *event)
{
    const struct mock_tenant *tenant = context;
    mock_tenants_tell(tenant->tenants, tenant->name, event);
}

void mock_tenant_follow_watcher(struct mock_tenant *tenant)
{
    static const struct mock_watcher_ops ops = {.happened = happened};
    const bool is_watched = mock_tenants_are_watched(tenant->tenants);
    mock_server_watch(tenant->server,
                      is_watched ? (struct mock_watcher){&ops, tenant} : (struct mock_watcher){0});
}

/* What is under way holds the old server until it ends, and tells nobody any more. */
static void replace_server(struct mock_tenant *tenant, struct mock_server *server)
{
    if (tenant->server != NULL) {
        mock_server_retire(tenant->server);
        mock_server_destroy(tenant->server);
    }
    tenant->server = server;
    mock_tenant_follow_watcher(tenant);
}

static enum cog_code create_server(const struct mock_tenant *tenant, struct mock_script *script,
                                   struct mock_server **out_server, struct cog_error *error)
{
    const struct mock_server_options options = {
        .clock = tenant->tenants->options.clock,
        .scale = tenant->scale,
        .seed = tenant->seed,
        .journal_capacity = tenant->tenants->options.journal_capacity,
        .journal_size_max = MOCK_TENANT_JOURNAL_SIZE_MAX,
        .metrics = &tenant->tenants->metrics,
        .prefix = tenant->prefix,
    };
    return mock_server_create(script, &options, out_server, error);
}

enum cog_code mock_tenant_begin(struct mock_tenant *tenant, struct mock_script *script,
                                struct cog_error *error)
{
    struct mock_server *server = NULL;
    enum cog_code code = create_server(tenant, script, &server, error);
    if (code != COG_OK) {
        return code;
    }
    struct mock_script *old = tenant->script;
    tenant->script = mock_script_hold(script);
    mock_script_destroy(old);
    replace_server(tenant, server);
    return COG_OK;
}

enum cog_code mock_tenant_create(struct mock_tenants *tenants, const char *name,
                                 struct mock_tenant **out_tenant, struct cog_error *error)
{
    struct mock_tenant *tenant = calloc(1, sizeof *tenant);
    if (tenant == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    tenant->tenants = tenants;
    tenant->scale = tenants->options.scale;
    tenant->seed = tenants->options.seed;
    (void)snprintf(tenant->name, sizeof tenant->name, "%s", name);
    if (strcmp(name, MOCK_TENANT_DEFAULT) != 0) {
        (void)snprintf(tenant->prefix, sizeof tenant->prefix, "/t/%s", name);
    }
    enum cog_code code = mock_tenant_begin(tenant, tenants->script, error);
    if (code != COG_OK) {
        mock_tenant_destroy(tenant);
        return code;
    }
    *out_tenant = tenant;
    return COG_OK;
}

void mock_tenant_destroy(struct mock_tenant *tenant)
{
    if (tenant == NULL) {
        return;
    }
    if (tenant->server != NULL) {
        mock_server_retire(tenant->server);
    }
    mock_server_destroy(tenant->server);
    mock_script_destroy(tenant->script);
    free(tenant);
}

const char *mock_tenant_name(const struct mock_tenant *tenant)
{
    return tenant->name;
}

const char *mock_tenant_prefix(const struct mock_tenant *tenant)
{
    return tenant->prefix;
}

struct mock_server *mock_tenant_server(const struct mock_tenant *tenant)
{
    return tenant->server;
}

enum cog_code mock_tenant_restore(struct mock_tenant *tenant, const struct cog_document *state,
                                  struct cog_error *error)
{
    struct mock_server *server = NULL;
    enum cog_code code = create_server(tenant, tenant->script, &server, error);
    if (code == COG_OK) {
        code = mock_server_restore(server, state, error);
    }
    if (code != COG_OK) {
        mock_server_destroy(server);
        return code;
    }
    mock_clock_set_scale(&server->clock, tenant->server->clock.scale);
    replace_server(tenant, server);
    mock_tenants_tell_change(tenant->tenants, tenant->name, "restored");
    return COG_OK;
}

enum cog_code mock_tenant_reset(struct mock_tenant *tenant, struct cog_error *error)
{
    enum cog_code code = mock_tenant_begin(tenant, tenant->script, error);
    if (code == COG_OK) {
        mock_tenants_tell_change(tenant->tenants, tenant->name, "reset");
    }
    return code;
}
