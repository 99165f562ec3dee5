/** The registry's inside, for its own files. */
#ifndef MOCK_TENANTS_REGISTRY_H
#define MOCK_TENANTS_REGISTRY_H

#include "metrics.h"
#include "tenants/tenant.h"

struct mock_tenants {
    struct mock_tenants_options options;
    struct mock_script *script;  /**< Held: what tenants begin with. */
    struct mock_tenant *tenants; /**< A hash table in the order of its names. */
    struct mock_tenant *default_tenant;
    struct mock_tenant_watcher watchers[MOCK_TENANT_WATCHERS_MAX];
    struct mock_metrics metrics; /**< Of all tenants that there ever were. */
};

/** Whether anybody watches. */
bool mock_tenants_are_watched(const struct mock_tenants *tenants);

/** Tells those who watch. */
void mock_tenants_tell(const struct mock_tenants *tenants, const char *name,
                       const struct mock_event *event);

/** Likewise, that a tenant was "created", "reset", "deleted" or "reloaded". */
void mock_tenants_tell_change(const struct mock_tenants *tenants, const char *name,
                              const char *change);

/** Has the tenant's server tell the registry, if the registry has somebody to tell. */
void mock_tenant_follow_watcher(struct mock_tenant *tenant);

#endif
