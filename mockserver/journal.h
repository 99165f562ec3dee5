/** What arrived and how it was answered, for `cogmock/truth.h`: the newest, as many as fit. */
#ifndef MOCK_JOURNAL_H
#define MOCK_JOURNAL_H

#include "ring.h"

#include <cogmock/truth.h>

#include <stddef.h>

enum {
    MOCK_JOURNAL_DELIVERIES_SIZE_MAX = 16 << 20, /**< Where the journal itself has no limit. */
    MOCK_JOURNAL_DELIVERIES_SHARE = 8,           /**< Else one part of so many of it. */
};

/** Held by the journal, and by the hearing that still writes to it. */
struct mock_journal_entry {
    struct mock_exchange exchange; /**< Its texts are in its blocks. */
    int holder_count;
    char *answer_block; /**< Owned; NULL before the answer. */
    char *fault_block;  /**< Owned; NULL for no fault. */
    _Alignas(max_align_t) char block[];
};

/** Two rings. `{0}` is safe to finish. */
struct mock_journal {
    struct mock_ring exchanges;
    struct mock_ring deliveries;
};

/** Empty. @param capacity of each ring @param size_max of exchanges, in bytes; 0 for no limit */
void mock_journal_init(struct mock_journal *journal, size_t capacity, size_t size_max);

void mock_journal_finish(struct mock_journal *journal);

/**
 * Copies the head of a request to the end.
 *
 * @param head without its body
 * @param out_entry held for the caller, who calls `mock_journal_entry_drop`
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_journal_open(struct mock_journal *journal, const struct mock_request *head,
                                struct mock_journal_entry **out_entry) COG_CHECK;

/** What a request was answered, and who decided it. Everything is borrowed. */
struct mock_journal_answer {
    const struct mock_request *request; /**< For its body. */
    const struct mock_plan *plan;
    const char *client; /**< NULL for none. */
    const char *why;    /**< NULL for nothing to add. */
};

/**
 * Copies body and answer.
 *
 * @param entry of this journal, kept or not
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_journal_answer(struct mock_journal *journal, struct mock_journal_entry *entry,
                                  const struct mock_journal_answer *answer) COG_CHECK;

/** What struck a request, as in `struct mock_exchange`; borrowed. */
struct mock_journal_strike {
    const char *fault;
    const char *faults;
    const char *fault_kinds;
};

/** Copies what struck it. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_journal_strike(struct mock_journal *journal, struct mock_journal_entry *entry,
                                  const struct mock_journal_strike *strike) COG_CHECK;

/** One holder less. NULL does nothing. */
void mock_journal_entry_drop(struct mock_journal_entry *entry);

/** Forgets all exchanges; numbers go on. Those under way are written on, and seen by nobody. */
void mock_journal_clear(struct mock_journal *journal);

/** Copies a delivery to the end. */
enum cog_code mock_journal_append_delivery(struct mock_journal *journal,
                                           const struct mock_delivery *delivery) COG_CHECK;

/** Oldest first. @param index below the count */
const struct mock_exchange *mock_journal_exchange(const struct mock_journal *journal, size_t index);

/** NULL when it is not, or no longer, kept. */
const struct mock_exchange *mock_journal_find(const struct mock_journal *journal, uint64_t number);

const struct mock_delivery *mock_journal_delivery_at(const struct mock_journal *journal,
                                                     size_t index);

#endif
