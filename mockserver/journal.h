/** What arrived and how it was answered, for `cogmock/truth.h`. */
#ifndef MOCK_JOURNAL_H
#define MOCK_JOURNAL_H

#include <cogmock/truth.h>

enum { MOCK_JOURNAL_BODY_LENGTH_MAX = 64 << 10 };

struct mock_journal_entry;
struct mock_journal_delivery;

/** `{0}` is empty and safe to finish. */
struct mock_journal {
    struct mock_journal_entry **entries;
    size_t entry_count;
    size_t entry_capacity;
    size_t dropped_count;
    struct mock_journal_delivery **deliveries;
    size_t delivery_count;
    size_t delivery_capacity;
};

void mock_journal_finish(struct mock_journal *journal);

/**
 * Copies an exchange to the end. When the journal is full, it is only counted.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_journal_append(struct mock_journal *journal,
                                  const struct mock_exchange *exchange) COG_CHECK;

/** Copies a delivery to the end; when the journal is full, it is lost. */
enum cog_code mock_journal_append_delivery(struct mock_journal *journal,
                                           const struct mock_delivery *delivery) COG_CHECK;

/** @param index below the count */
const struct mock_exchange *mock_journal_exchange(const struct mock_journal *journal, size_t index);
const struct mock_delivery *mock_journal_delivery_at(const struct mock_journal *journal,
                                                     size_t index);

#endif
