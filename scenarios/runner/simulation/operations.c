#include "simulation/operations.h"

#include <stdlib.h>

enum { CAPACITY_MIN = 64 };

static bool make_room(struct scn_operations *operations)
{
    if (operations->count < operations->capacity) {
        return true;
    }
    const size_t capacity = operations->capacity > 0 ? operations->capacity * 2 : CAPACITY_MIN;
    struct scn_operation *items = realloc(operations->items, capacity * sizeof *items);
    if (items == NULL) {
        return false;
    }
    operations->items = items;
    operations->capacity = capacity;
    return true;
}

void scn_operations_note(struct scn_operations *operations, enum scn_storage_operation operation,
                         const char *name)
{
    const char *file = scn_storage_file_of(name);
    if (file == NULL) {
        return;
    }
    if (!make_room(operations)) {
        operations->failed = true;
        return;
    }
    operations->items[operations->count++] = (struct scn_operation){
        .operation = operation,
        .file = file,
        .exchange_count = scn_share_request_count(operations->share, operations->server),
    };
}

void scn_operations_finish(struct scn_operations *operations)
{
    free(operations->items);
    *operations = (struct scn_operations){0};
}
