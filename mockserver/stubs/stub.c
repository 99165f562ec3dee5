#include "stubs/stub.h"

#include "v1/answer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mock_stub_finish(struct mock_stub *stub)
{
    mock_plan_finish(&stub->answer);
    *stub = (struct mock_stub){0};
}

const char *mock_stub_id(const struct mock_stub *stub, char buffer[MOCK_STUB_ID_SIZE])
{
    (void)snprintf(buffer, MOCK_STUB_ID_SIZE, "s-%" PRIu64, stub->number);
    return buffer;
}

void mock_stubs_finish(struct mock_stubs *stubs)
{
    (void)mock_stubs_remove(stubs, NULL);
    free(stubs->items);
    *stubs = (struct mock_stubs){0};
}

static size_t size_of(const struct mock_stub *stub)
{
    size_t size = sizeof *stub + stub->answer.body_length;
    for (size_t i = 0; i < stub->answer.header_count; i++) {
        size += strlen(stub->answer.headers[i].name) + strlen(stub->answer.headers[i].value);
    }
    return size;
}

static bool has_room(const struct mock_stubs *stubs, const struct mock_stub *stub)
{
    size_t size = size_of(stub);
    for (size_t i = 0; i < stubs->count; i++) {
        size += size_of(&stubs->items[i]);
    }
    return size <= MOCK_STUBS_SIZE_MAX;
}

enum cog_code mock_stubs_append(struct mock_stubs *stubs, struct mock_stub *stub,
                                const struct mock_stub **out_stub, struct cog_error *error)
{
    if (stubs->count == MOCK_STUBS_MAX) {
        return cog_error_set(error, COG_ERROR_REFUSED, "there are %d stubs already: remove some",
                             MOCK_STUBS_MAX);
    }
    if (!has_room(stubs, stub)) {
        return cog_error_set(error, COG_ERROR_REFUSED,
                             "all stubs together would answer more than %d bytes: remove some",
                             MOCK_STUBS_SIZE_MAX);
    }
    struct mock_stub *items = realloc(stubs->items, (stubs->count + 1) * sizeof *items);
    if (items == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    stubs->items = items;
    struct mock_stub *place = &items[stubs->count++];
    *place = *stub;
    place->number = ++stubs->last_number;
    *stub = (struct mock_stub){0};
    if (out_stub != NULL) {
        *out_stub = place;
    }
    return COG_OK;
}

enum cog_code mock_stubs_append_copies(struct mock_stubs *stubs, const struct mock_stubs *others,
                                       struct cog_error *error)
{
    for (size_t i = 0; i < others->count; i++) {
        COG_CLEANUP(mock_stub_finish) struct mock_stub copy = others->items[i];
        copy.answer = (struct mock_plan){0};
        enum cog_code code = mock_plan_copy(&others->items[i].answer, &copy.answer);
        if (code != COG_OK) {
            return cog_error_set(error, code, "out of memory");
        }
        code = mock_stubs_append(stubs, &copy, NULL, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

const struct mock_stub *mock_stubs_find(const struct mock_stubs *stubs, const char *id)
{
    char buffer[MOCK_STUB_ID_SIZE];
    for (size_t i = 0; i < stubs->count; i++) {
        if (strcmp(mock_stub_id(&stubs->items[i], buffer), id) == 0) {
            return &stubs->items[i];
        }
    }
    return NULL;
}

bool mock_stubs_remove(struct mock_stubs *stubs, const char *id)
{
    char buffer[MOCK_STUB_ID_SIZE];
    size_t kept_count = 0;
    const size_t count = stubs->count;
    for (size_t i = 0; i < count; i++) {
        struct mock_stub *stub = &stubs->items[i];
        if (id == NULL || strcmp(mock_stub_id(stub, buffer), id) == 0) {
            mock_stub_finish(stub);
        } else {
            stubs->items[kept_count++] = *stub;
        }
    }
    stubs->count = kept_count;
    return kept_count < count;
}

static bool matches(const struct mock_stub *stub, const char *method, const char *target)
{
    const size_t path_length = strcspn(target, "?");
    const size_t length = strlen(stub->path);
    const bool has_path = strncmp(target, stub->path, length) == 0 &&
                          (stub->is_prefix ? path_length >= length : path_length == length);
    return has_path && stub->times != 0 &&
           (stub->method[0] == '\0' || strcmp(stub->method, method) == 0);
}

struct mock_stub *mock_stubs_match(const struct mock_stubs *stubs, const char *method,
                                   const char *target)
{
    for (size_t i = 0; i < stubs->count; i++) {
        if (matches(&stubs->items[i], method, target)) {
            return &stubs->items[i];
        }
    }
    return NULL;
}
