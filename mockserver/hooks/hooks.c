#include "hooks/hooks.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_START = 16 };

static void delivery_destroy(struct mock_hook_delivery *delivery)
{
    if (delivery != NULL) {
        free(delivery->hook_id);
        free(delivery->webhook_id);
        free(delivery->webhook_timestamp);
        free(delivery->body);
        free(delivery);
    }
}

void mock_hooks_finish(struct mock_hooks *hooks)
{
    for (size_t i = 0; i < hooks->delivery_count; i++) {
        delivery_destroy(hooks->deliveries[i]);
    }
    free(hooks->deliveries);
    mock_hook_setups_finish(&hooks->setups);
    *hooks = (struct mock_hooks){0};
}

enum cog_code mock_hooks_adopt(struct mock_hooks *hooks, const struct mock_hook_setups *setups,
                               const struct mock_hook_setups *before)
{
    for (size_t i = 0; i < setups->count; i++) {
        const struct mock_hook_setup *setup = &setups->items[i];
        const struct mock_hook_setup *old =
            before == NULL ? NULL : mock_hook_setups_find(before, setup->id);
        if (old != NULL && mock_hook_setup_equals(old, setup)) {
            continue;
        }
        enum cog_code code = mock_hook_setups_put(&hooks->setups, setup);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

struct mock_hook_setup mock_hooks_setup(const struct mock_hooks *hooks, const char *id)
{
    const struct mock_hook_setup *setup = mock_hook_setups_find(&hooks->setups, id);
    struct mock_hook_setup plain = {.status = MOCK_HOOK_STATUS_DEFAULT, .times = -1};
    return setup == NULL ? plain : *setup;
}

struct mock_hook_setup mock_hooks_take(struct mock_hooks *hooks, const char *id)
{
    const struct mock_hook_setup taken = mock_hooks_setup(hooks, id);
    struct mock_hook_setup *setup = mock_hook_setups_find(&hooks->setups, id);
    if (setup == NULL || setup->times < 0 || --setup->times > 0) {
        return taken;
    }
    setup->status = MOCK_HOOK_STATUS_DEFAULT;
    setup->delay_ms = 0;
    setup->times = -1;
    return taken;
}

static bool copy_text(const char *text, char **out_copy, size_t *size)
{
    *out_copy = text == NULL ? NULL : strdup(text);
    *size += *out_copy == NULL ? 0 : strlen(*out_copy) + 1;
    return text == NULL || *out_copy != NULL;
}

static struct mock_hook_delivery *delivery_create(const struct mock_hook_arrival *arrival,
                                                  enum mock_signature signature)
{
    const struct mock_signed_delivery *from = &arrival->delivery;
    const size_t kept_length = from->body_length < MOCK_HOOK_BODY_LENGTH_MAX
                                   ? from->body_length
                                   : MOCK_HOOK_BODY_LENGTH_MAX;
    struct mock_hook_delivery *delivery = calloc(1, sizeof *delivery);
    if (delivery == NULL) {
        return NULL;
    }
    *delivery = (struct mock_hook_delivery){
        .request_number = arrival->request_number,
        .at_ms = arrival->at_ms,
        .signature = signature,
        .status = arrival->status,
        .is_broken_off = arrival->is_broken_off,
        .body = cog_string_clone(from->body, kept_length),
        .body_length = from->body_length,
        .size = kept_length + 1,
    };
    if (delivery->body == NULL ||
        !copy_text(arrival->hook_id, &delivery->hook_id, &delivery->size) ||
        !copy_text(from->id, &delivery->webhook_id, &delivery->size) ||
        !copy_text(from->timestamp, &delivery->webhook_timestamp, &delivery->size)) {
        delivery_destroy(delivery);
        return NULL;
    }
    return delivery;
}

static void remove_at(struct mock_hooks *hooks, size_t index)
{
    hooks->size -= hooks->deliveries[index]->size;
    delivery_destroy(hooks->deliveries[index]);
    hooks->delivery_count--;
    memmove(&hooks->deliveries[index], &hooks->deliveries[index + 1],
            (hooks->delivery_count - index) * sizeof(struct mock_hook_delivery *));
}

static enum cog_code reserve(struct mock_hooks *hooks)
{
    if (hooks->delivery_count < hooks->delivery_capacity) {
        return COG_OK;
    }
    const size_t capacity =
        hooks->delivery_capacity == 0 ? CAPACITY_START : hooks->delivery_capacity * 2;
    struct mock_hook_delivery **deliveries =
        realloc(hooks->deliveries, capacity * sizeof(struct mock_hook_delivery *));
    if (deliveries == NULL) {
        return COG_ERROR_MEMORY;
    }
    hooks->deliveries = deliveries;
    hooks->delivery_capacity = capacity;
    return COG_OK;
}

enum cog_code mock_hooks_record(struct mock_hooks *hooks, const struct mock_hook_arrival *arrival)
{
    const struct mock_hook_setup setup = mock_hooks_setup(hooks, arrival->hook_id);
    enum mock_signature signature = MOCK_SIGNATURE_UNCHECKED;
    enum cog_code code =
        mock_signature_check(setup.secret, &arrival->delivery, arrival->unix_ms, &signature);
    if (code != COG_OK || reserve(hooks) != COG_OK) {
        return code != COG_OK ? code : COG_ERROR_MEMORY;
    }
    struct mock_hook_delivery *delivery = delivery_create(arrival, signature);
    if (delivery == NULL) {
        return COG_ERROR_MEMORY;
    }
    hooks->deliveries[hooks->delivery_count++] = delivery;
    hooks->size += delivery->size;
    while (hooks->delivery_count > MOCK_HOOK_DELIVERIES_MAX ||
           (hooks->delivery_count > 1 && hooks->size > MOCK_HOOK_SIZE_MAX)) {
        remove_at(hooks, 0);
        hooks->dropped_count++;
    }
    return COG_OK;
}

bool mock_hooks_forget(struct mock_hooks *hooks, const char *id)
{
    struct mock_hook_setup *setup = mock_hook_setups_find(&hooks->setups, id);
    bool has_any = setup != NULL;
    if (setup != NULL) {
        *setup = hooks->setups.items[--hooks->setups.count];
    }
    for (size_t i = hooks->delivery_count; i-- > 0;) {
        if (strcmp(hooks->deliveries[i]->hook_id, id) == 0) {
            remove_at(hooks, i);
            has_any = true;
        }
    }
    return has_any;
}
