/** One tenant of the registry. */
#ifndef MOCK_TENANTS_TENANT_H
#define MOCK_TENANTS_TENANT_H

#include <cogbase/document.h>
#include <cogmock/tenants.h>

#include <uthash.h>

enum { MOCK_TENANT_PREFIX_SIZE = MOCK_TENANT_NAME_SIZE + 3 };

struct mock_tenant {
    char name[MOCK_TENANT_NAME_SIZE];
    char prefix[MOCK_TENANT_PREFIX_SIZE];
    struct mock_tenants *tenants; /**< Borrowed. */
    struct mock_script *script;   /**< Held. */
    double scale;
    uint64_t seed;
    struct mock_server *server; /**< Held. */
    UT_hash_handle hh;
};

/**
 * @param script held by the tenant from now on
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_tenant_create(struct mock_tenants *tenants, const char *name,
                                 struct mock_tenant **out_tenant,
                                 struct cog_error *error) COG_CHECK;

/** Begins it anew with another script. The tenant is untouched on failure. */
enum cog_code mock_tenant_begin(struct mock_tenant *tenant, struct mock_script *script,
                                struct cog_error *error) COG_CHECK;

/**
 * Begins it anew in a state that was saved. The tenant is untouched on failure.
 *
 * @return as mock_server_restore
 */
enum cog_code mock_tenant_restore(struct mock_tenant *tenant, const struct cog_document *state,
                                  struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void mock_tenant_destroy(struct mock_tenant *tenant);

#endif
