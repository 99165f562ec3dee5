/** How receivers of webhooks answer: filled from a scenario or by hand. */
#ifndef MOCK_HOOKS_SETUP_H
#define MOCK_HOOKS_SETUP_H

#include "world/setup.h"

enum {
    MOCK_HOOKS_MAX = 64, /**< Of one tenant. */
    MOCK_HOOK_STATUS_DEFAULT = 204,
    MOCK_HOOK_TIMES_MAX = 1000000,
    MOCK_HOOK_SECRET_SIZE = 129,
};

/** A plain value; `mock_hook_setup_init` makes the default one. */
struct mock_hook_setup {
    char id[MOCK_ID_SIZE];
    char secret[MOCK_HOOK_SECRET_SIZE]; /**< "whsec_…"; "" for none: signatures are not judged. */
    int status;
    int64_t times;    /**< So many deliveries are answered so, then all is well; -1: for ever. */
    int64_t delay_ms; /**< Of these. */
};

/** `{0}` is empty and safe to finish. */
struct mock_hook_setups {
    struct mock_hook_setup *items; /**< Owned. */
    size_t count;
};

/** @param id shorter than MOCK_ID_SIZE */
void mock_hook_setup_init(struct mock_hook_setup *setup, const char *id);

bool mock_hook_setup_equals(const struct mock_hook_setup *left,
                            const struct mock_hook_setup *right);

/** NULL when there is none of that id. */
struct mock_hook_setup *mock_hook_setups_find(const struct mock_hook_setups *setups,
                                              const char *id);

/** Adds one, or replaces that of the same id. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_hook_setups_put(struct mock_hook_setups *setups,
                                   const struct mock_hook_setup *setup) COG_CHECK;

void mock_hook_setups_finish(struct mock_hook_setups *setups);

#endif
