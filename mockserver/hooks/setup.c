#include "hooks/setup.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void mock_hook_setup_init(struct mock_hook_setup *setup, const char *id)
{
    const size_t length = strlen(id);
    assert(length < sizeof setup->id);

    *setup = (struct mock_hook_setup){.status = MOCK_HOOK_STATUS_DEFAULT, .times = -1};
    memcpy(setup->id, id, length + 1);
}

bool mock_hook_setup_equals(const struct mock_hook_setup *left, const struct mock_hook_setup *right)
{
    return strcmp(left->id, right->id) == 0 && strcmp(left->secret, right->secret) == 0 &&
           left->status == right->status && left->times == right->times &&
           left->delay_ms == right->delay_ms;
}

struct mock_hook_setup *mock_hook_setups_find(const struct mock_hook_setups *setups, const char *id)
{
    for (size_t i = 0; i < setups->count; i++) {
        if (strcmp(setups->items[i].id, id) == 0) {
            return &setups->items[i];
        }
    }
    return NULL;
}

enum cog_code mock_hook_setups_put(struct mock_hook_setups *setups,
                                   const struct mock_hook_setup *setup)
{
    struct mock_hook_setup *present = mock_hook_setups_find(setups, setup->id);
    if (present != NULL) {
        *present = *setup;
        return COG_OK;
    }
    struct mock_hook_setup *items = realloc(setups->items, (setups->count + 1) * sizeof *items);
    if (items == NULL) {
        return COG_ERROR_MEMORY;
    }
    setups->items = items;
    items[setups->count++] = *setup;
    return COG_OK;
}

void mock_hook_setups_finish(struct mock_hook_setups *setups)
{
    free(setups->items);
    *setups = (struct mock_hook_setups){0};
}
