/* Running out of memory must come back as an error; by default uthash ends the process. */
#define HASH_NONFATAL_OOM          1
#define uthash_nonfatal_oom(entry) ((entry)->lost = true)

#include "world/table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct mock_table_entry {
    char *key;
    void *value;
    bool lost; /**< uthash found no memory to insert it. */
    UT_hash_handle hh;
};

static void entry_destroy(struct mock_table_entry *entry)
{
    free(entry->key);
    free(entry);
}

/* NOLINTBEGIN(readability-function-size): uthash's macros nest deeper than they look. */
void *mock_table_find(const struct mock_table *table, const char *key)
{
    struct mock_table_entry *entry = NULL;
    HASH_FIND(hh, table->entries, key, strlen(key), entry);
    return entry == NULL ? NULL : entry->value;
}

enum cog_code mock_table_insert(struct mock_table *table, const char *key, void *value)
{
    struct mock_table_entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) {
        return COG_ERROR_MEMORY;
    }
    entry->key = strdup(key);
    entry->value = value;
    if (entry->key == NULL) {
        entry_destroy(entry);
        return COG_ERROR_MEMORY;
    }
    HASH_ADD_KEYPTR(hh, table->entries, entry->key, strlen(entry->key), entry);
    if (entry->lost) {
        entry_destroy(entry);
        return COG_ERROR_MEMORY;
    }
    return COG_OK;
}

void mock_table_finish(struct mock_table *table, void (*destroy)(void *value))
{
    struct mock_table_entry *entry = NULL;
    struct mock_table_entry *next = NULL;
    HASH_ITER(hh, table->entries, entry, next)
    {
        HASH_DEL(table->entries, entry);
        if (destroy != NULL) {
            destroy(entry->value);
        }
        entry_destroy(entry);
    }
}
/* NOLINTEND(readability-function-size) */
