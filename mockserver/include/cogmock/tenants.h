/**
 * Many servers behind one port, wholly separate: each with its state, clock, seed, faults and
 * journal. The tenant "default" is the plain `/api/v1`; any other is `/t/<name>/api/v1`, and is
 * made when somebody first asks for it.
 */
#ifndef COGMOCK_TENANTS_H
#define COGMOCK_TENANTS_H

#include <cogmock/server.h>

#define MOCK_TENANT_DEFAULT "default"

/*
 * What one tenant keeps at most, whatever is asked of it, in MiB about: its journal 16, and
 * deliveries there 2; deliveries to receivers of webhooks 4; which call a request repeats 4; tokens
 * 5; stubs 2; armed faults 6 (their JSON 2); answers by idempotency key 8; in all 47, and 25 more
 * for jobs in environments as large as they may be. Few tenants come near that, and all of them
 * together are not bounded but by their number: 10,000 times 47 MiB is more than a machine has.
 * Whoever lets strangers in lowers both limits. A tenant that was used once has some 40 KiB.
 */

enum {
    MOCK_TENANT_NAME_SIZE = 65,
    MOCK_TENANTS_MAX_DEFAULT = 10000,
    MOCK_TENANT_JOURNAL_CAPACITY = 10000,
    MOCK_TENANT_JOURNAL_SIZE_MAX = 16 << 20,
    MOCK_TENANT_WATCHERS_MAX = 2,
};

/** Not thread-safe: one thread calls it. */
struct mock_tenants;

/** Borrowed from its registry, until it is deleted there. */
struct mock_tenant;

struct mock_tenants_options {
    struct cog_clock clock;  /**< On which the tenants' own clocks run. */
    double scale;            /**< Theirs at first; 0 means 1. */
    uint64_t seed;           /**< Each tenant's. */
    size_t tenants_max;      /**< 0: MOCK_TENANTS_MAX_DEFAULT. */
    size_t journal_capacity; /**< Of each tenant; 0: MOCK_TENANT_JOURNAL_CAPACITY. */
};

/**
 * With the tenant "default" in it.
 *
 * @param script what tenants begin with that nobody set up otherwise; owned from now on, also on
 *        failure
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_tenants_create(struct mock_script *script,
                                  const struct mock_tenants_options *options,
                                  struct mock_tenants **out_tenants,
                                  struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void mock_tenants_destroy(struct mock_tenants *tenants);

/** Whether it is 1 to 64 of `a-z 0-9 . _ -`, the first one a letter or a digit. */
bool mock_tenant_name_is_valid(const char *name);

/** What tenants begin with that nobody set up otherwise. Borrowed. */
const struct mock_script *mock_tenants_script(const struct mock_tenants *tenants);

size_t mock_tenants_count(const struct mock_tenants *tenants);

/** In the order of their names; NULL after the last one. No tenant may come or go meanwhile. */
struct mock_tenant *mock_tenants_first(struct mock_tenants *tenants);
struct mock_tenant *mock_tenants_next(const struct mock_tenant *tenant);

/** The one that is always there. */
struct mock_tenant *mock_tenants_default(const struct mock_tenants *tenants);

/** NULL when there is none of that name. */
struct mock_tenant *mock_tenants_find(const struct mock_tenants *tenants, const char *name);

/**
 * The tenant of that name, made if need be.
 *
 * @return COG_OK, COG_ERROR_ARGUMENT (the name), COG_ERROR_CONFIGURATION (too many),
 * COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_tenants_get(struct mock_tenants *tenants, const char *name,
                               struct mock_tenant **out_tenant, struct cog_error *error) COG_CHECK;

/**
 * The server that a request is for: of the tenant that its path names, made if need be, else of the
 * default one.
 *
 * @param out_skipped_length of the target: "/t/<name>", or nothing
 * @return borrowed; NULL with `error` when there can be no such tenant, as mock_tenants_get
 */
struct mock_server *mock_tenants_route(struct mock_tenants *tenants, const char *target,
                                       size_t *out_skipped_length, struct cog_error *error);

/** How one tenant differs from what the registry has for all. */
struct mock_tenant_options {
    struct mock_script *script; /**< Owned from now on, also on failure. NULL: the registry's. */
    double scale;               /**< 0: the registry's. */
    bool has_seed;
    uint64_t seed;
};

/**
 * Makes a tenant, or begins it again as given. Requests that are under way end as they began.
 *
 * @param out_is_new may be NULL
 * @return as mock_tenants_get
 */
enum cog_code mock_tenants_put(struct mock_tenants *tenants, const char *name,
                               const struct mock_tenant_options *options,
                               struct mock_tenant **out_tenant, bool *out_is_new,
                               struct cog_error *error) COG_CHECK;

/** "default" stays. @return COG_OK or COG_ERROR_ARGUMENT */
enum cog_code mock_tenants_delete(struct mock_tenants *tenants, struct mock_tenant *tenant,
                                  struct cog_error *error) COG_CHECK;

/**
 * From now on tenants begin with this script; those that began with the one before begin again.
 *
 * @param script owned from now on, also on failure
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL; on failure all is as it was
 */
enum cog_code mock_tenants_replace_script(struct mock_tenants *tenants, struct mock_script *script,
                                          struct cog_error *error) COG_CHECK;

/** Who hears of what happens in any tenant. */
struct mock_tenant_watcher_ops {
    /** @param event of kind "tenant" as well: it was created, reset, deleted */
    void (*happened)(void *context, const char *tenant_name, const struct mock_event *event);
};

/** A borrowed reference; `{0}` looks away. */
struct mock_tenant_watcher {
    const struct mock_tenant_watcher_ops *ops;
    void *context;
};

/**
 * From now on, in place of the one that had this place before.
 *
 * @param place below MOCK_TENANT_WATCHERS_MAX: so many can watch at once
 */
void mock_tenants_watch(struct mock_tenants *tenants, size_t place,
                        struct mock_tenant_watcher watcher);

const char *mock_tenant_name(const struct mock_tenant *tenant);

/** "/t/<name>", or "" for the default one. */
const char *mock_tenant_prefix(const struct mock_tenant *tenant);

/** Borrowed until the tenant begins again. */
struct mock_server *mock_tenant_server(const struct mock_tenant *tenant);

/** Begins it again with the script that it has: world, clock, faults, journal. @return as create */
enum cog_code mock_tenant_reset(struct mock_tenant *tenant, struct cog_error *error) COG_CHECK;

#endif
