/** A hash table from strings to borrowed pointers. */
#ifndef MOCK_WORLD_TABLE_H
#define MOCK_WORLD_TABLE_H

#include <cogpromote/error.h>

#include <stddef.h>

struct mock_table_entry;

/** `{0}` is empty and safe to finish. */
struct mock_table {
    struct mock_table_entry *entries;
};

/** NULL when the key is not there. */
void *mock_table_find(const struct mock_table *table, const char *key);

/** Copies `key`, which must not be there yet. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_table_insert(struct mock_table *table, const char *key, void *value) COG_CHECK;

/** @param destroy called for each value; may be NULL */
void mock_table_finish(struct mock_table *table, void (*destroy)(void *value));

#endif
