#include <cogmock/tenants.h>

#include "tenants/registry.h"

#include <stdlib.h>
#include <string.h>

static const char tenant_base[] = "/t/";

static int compare_names(const struct mock_tenant *left, const struct mock_tenant *right)
{
    return strcmp(left->name, right->name);
}

/* NOLINTBEGIN(readability-function-size): uthash's macros nest deeper than they look. */

static void table_add(struct mock_tenants *tenants, struct mock_tenant *tenant)
{
    HASH_ADD_STR(tenants->tenants, name, tenant);
}

static void table_remove(struct mock_tenants *tenants, struct mock_tenant *tenant)
{
    HASH_DEL(tenants->tenants, tenant);
}

static struct mock_tenant *table_find(const struct mock_tenants *tenants, const char *name)
{
    struct mock_tenant *tenant = NULL;
    HASH_FIND_STR(tenants->tenants, name, tenant);
    return tenant;
}

static void table_sort(struct mock_tenants *tenants)
{
    HASH_SORT(tenants->tenants, compare_names);
}

/* NOLINTEND(readability-function-size) */

bool mock_tenants_are_watched(const struct mock_tenants *tenants)
{
    for (size_t i = 0; i < MOCK_TENANT_WATCHERS_MAX; i++) {
        if (tenants->watchers[i].ops != NULL) {
            return true;
        }
    }
    return false;
}

void mock_tenants_tell(const struct mock_tenants *tenants, const char *name,
                       const struct mock_event *event)
{
    for (size_t i = 0; i < MOCK_TENANT_WATCHERS_MAX; i++) {
        const struct mock_tenant_watcher *watcher = &tenants->watchers[i];
        if (watcher->ops != NULL) {
            watcher->ops->happened(watcher->context, name, event);
        }
    }
}

void mock_tenants_tell_change(const struct mock_tenants *tenants, const char *name,
                              const char *change)
{
    const struct mock_tenant *tenant = mock_tenants_find(tenants, name);
    const struct cog_log_field fields[] = {{"change", change}};
    const struct mock_event event = {
        .kind = "tenant",
        .at_ms = tenant == NULL ? 0 : mock_clock_now_ms(mock_server_clock(tenant->server)),
        .fields = fields,
        .field_count = sizeof fields / sizeof fields[0],
    };
    mock_tenants_tell(tenants, name, &event);
}

static enum cog_code add(struct mock_tenants *tenants, const char *name,
                         struct mock_tenant **out_tenant, struct cog_error *error)
{
    struct mock_tenant *tenant = NULL;
    if (!mock_tenant_name_is_valid(name)) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "a tenant's name is 1 to %d of a-z 0-9 . _ -, beginning with a letter "
                             "or a digit",
                             MOCK_TENANT_NAME_SIZE - 1);
    }
    if (mock_tenants_count(tenants) >= tenants->options.tenants_max) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "there are %zu tenants already: delete one, or raise --max-tenants",
                             tenants->options.tenants_max);
    }
    enum cog_code code = mock_tenant_create(tenants, name, &tenant, error);
    if (code != COG_OK) {
        return code;
    }
    table_add(tenants, tenant);
    *out_tenant = tenant;
    mock_tenants_tell_change(tenants, name, "created");
    return COG_OK;
}

enum cog_code mock_tenants_create(struct mock_script *script,
                                  const struct mock_tenants_options *options,
                                  struct mock_tenants **out_tenants, struct cog_error *error)
{
    struct mock_tenants *tenants = calloc(1, sizeof *tenants);
    if (tenants == NULL) {
        mock_script_destroy(script);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    tenants->script = script;
    tenants->options = *options;
    if (tenants->options.tenants_max == 0) {
        tenants->options.tenants_max = MOCK_TENANTS_MAX_DEFAULT;
    }
    if (tenants->options.journal_capacity == 0) {
        tenants->options.journal_capacity = MOCK_TENANT_JOURNAL_CAPACITY;
    }
    enum cog_code code = add(tenants, MOCK_TENANT_DEFAULT, &tenants->default_tenant, error);
    if (code != COG_OK) {
        mock_tenants_destroy(tenants);
        return code;
    }
    *out_tenants = tenants;
    return COG_OK;
}

void mock_tenants_destroy(struct mock_tenants *tenants)
{
    if (tenants == NULL) {
        return;
    }
    struct mock_tenant *tenant = NULL;
    struct mock_tenant *next = NULL;
    HASH_ITER(hh, tenants->tenants, tenant, next)
    {
        table_remove(tenants, tenant);
        mock_tenant_destroy(tenant);
    }
    mock_script_destroy(tenants->script);
    free(tenants);
}

bool mock_tenant_name_is_valid(const char *name)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    const size_t length = strlen(name);
    return length > 0 && length < MOCK_TENANT_NAME_SIZE && strchr(first, name[0]) != NULL &&
           strspn(name, all) == length;
}

const struct mock_script *mock_tenants_script(const struct mock_tenants *tenants)
{
    return tenants->script;
}

size_t mock_tenants_count(const struct mock_tenants *tenants)
{
    return HASH_COUNT(tenants->tenants);
}

struct mock_tenant *mock_tenants_first(struct mock_tenants *tenants)
{
    table_sort(tenants);
    return tenants->tenants;
}

struct mock_tenant *mock_tenants_next(const struct mock_tenant *tenant)
{
    return tenant->hh.next;
}

struct mock_tenant *mock_tenants_default(const struct mock_tenants *tenants)
{
    return tenants->default_tenant;
}

struct mock_tenant *mock_tenants_find(const struct mock_tenants *tenants, const char *name)
{
    return table_find(tenants, name);
}

enum cog_code mock_tenants_get(struct mock_tenants *tenants, const char *name,
                               struct mock_tenant **out_tenant, struct cog_error *error)
{
    struct mock_tenant *tenant = mock_tenants_find(tenants, name);
    if (tenant == NULL) {
        return add(tenants, name, out_tenant, error);
    }
    *out_tenant = tenant;
    return COG_OK;
}

/* The name in "/t/<name>/…"; empty when there is none that fits. */
static void read_name(const char *target, char name[MOCK_TENANT_NAME_SIZE])
{
    const char *start = target + sizeof tenant_base - 1;
    const size_t length = strcspn(start, "/?");
    name[0] = '\0';
    if (length < MOCK_TENANT_NAME_SIZE) {
        memcpy(name, start, length);
        name[length] = '\0';
    }
}

struct mock_server *mock_tenants_route(struct mock_tenants *tenants, const char *target,
                                       size_t *out_skipped_length, struct cog_error *error)
{
    char name[MOCK_TENANT_NAME_SIZE];
    struct mock_tenant *tenant = tenants->default_tenant;
    size_t skipped_length = 0;
    if (strncmp(target, tenant_base, sizeof tenant_base - 1) == 0) {
        read_name(target, name);
        if (mock_tenants_get(tenants, name, &tenant, error) != COG_OK) {
            return NULL;
        }
        skipped_length = sizeof tenant_base - 1 + strlen(name);
    }
    *out_skipped_length = skipped_length;
    return tenant->server;
}

/* Its own way from now on; what is not said is the registry's. */
static enum cog_code begin(struct mock_tenant *tenant, const struct mock_tenant_options *options,
                           struct cog_error *error)
{
    const struct mock_tenants *tenants = tenant->tenants;
    const double scale = tenant->scale;
    const uint64_t seed = tenant->seed;
    tenant->scale = options->scale > 0 ? options->scale : tenants->options.scale;
    tenant->seed = options->has_seed ? options->seed : tenants->options.seed;
    enum cog_code code = mock_tenant_begin(
        tenant, options->script != NULL ? options->script : tenants->script, error);
    if (code != COG_OK) {
        tenant->scale = scale;
        tenant->seed = seed;
    }
    return code;
}

enum cog_code mock_tenants_put(struct mock_tenants *tenants, const char *name,
                               const struct mock_tenant_options *options,
                               struct mock_tenant **out_tenant, bool *out_is_new,
                               struct cog_error *error)
{
    const bool is_new = mock_tenants_find(tenants, name) == NULL;
    enum cog_code code = mock_tenants_get(tenants, name, out_tenant, error);
    if (code == COG_OK) {
        code = begin(*out_tenant, options, error);
    }
    mock_script_destroy(options->script);
    if (code != COG_OK) {
        return code;
    }
    if (out_is_new != NULL) {
        *out_is_new = is_new;
    }
    if (!is_new) {
        mock_tenants_tell_change(tenants, name, "reset");
    }
    return COG_OK;
}

enum cog_code mock_tenants_delete(struct mock_tenants *tenants, struct mock_tenant *tenant,
                                  struct cog_error *error)
{
    if (tenant == tenants->default_tenant) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "the tenant '%s' cannot be deleted: reset it", tenant->name);
    }
    mock_tenants_tell_change(tenants, tenant->name, "deleted");
    table_remove(tenants, tenant);
    mock_tenant_destroy(tenant);
    return COG_OK;
}

/* As far as it goes: memory for a world more is the only thing that can be missing. */
static enum cog_code reload(struct mock_tenants *tenants, struct mock_script *old,
                            struct cog_error *error)
{
    struct mock_tenant *tenant = NULL;
    struct mock_tenant *next = NULL;
    HASH_ITER(hh, tenants->tenants, tenant, next)
    {
        if (tenant->script != old) {
            continue;
        }
        enum cog_code code = mock_tenant_begin(tenant, tenants->script, error);
        if (code != COG_OK) {
            return code;
        }
        mock_tenants_tell_change(tenants, tenant->name, "reloaded");
    }
    return COG_OK;
}

enum cog_code mock_tenants_replace_script(struct mock_tenants *tenants, struct mock_script *script,
                                          struct cog_error *error)
{
    struct mock_script *old = tenants->script;
    tenants->script = script;
    enum cog_code code = reload(tenants, old, error);
    mock_script_destroy(old);
    return code;
}

void mock_tenants_watch(struct mock_tenants *tenants, size_t place,
                        struct mock_tenant_watcher watcher)
{
    struct mock_tenant *tenant = NULL;
    struct mock_tenant *next = NULL;
    tenants->watchers[place] = watcher;
    HASH_ITER(hh, tenants->tenants, tenant, next)
    {
        mock_tenant_follow_watcher(tenant);
    }
}
