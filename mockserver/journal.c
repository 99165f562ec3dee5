#include "journal.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_START = 64 };

/* The texts of an exchange or a delivery, one after the other in one block. */
struct text_block {
    char *bytes;
    size_t length;
};

struct mock_journal_entry {
    struct mock_exchange exchange; /**< Its texts are in `block`. */
    char *block;
};

struct mock_journal_delivery {
    struct mock_delivery delivery; /**< Its texts are in `block`. */
    char *block;
};

static size_t text_size(const char *text)
{
    return text == NULL ? 0 : strnlen(text, MOCK_JOURNAL_BODY_LENGTH_MAX) + 1;
}

/* Copies `text` to the end of the block, which has room for it. */
static const char *block_add(struct text_block *block, const char *text)
{
    if (text == NULL) {
        return NULL;
    }
    size_t length = text_size(text) - 1;
    char *copy = block->bytes + block->length;
    memcpy(copy, text, length);
    copy[length] = '\0';
    block->length += length + 1;
    return copy;
}

static size_t grown_capacity(size_t capacity)
{
    return capacity == 0 ? CAPACITY_START : capacity * 2;
}

static enum cog_code reserve_entry(struct mock_journal *journal)
{
    if (journal->entry_count < journal->entry_capacity) {
        return COG_OK;
    }
    size_t capacity = grown_capacity(journal->entry_capacity);
    struct mock_journal_entry **entries =
        realloc(journal->entries, capacity * sizeof(struct mock_journal_entry *));
    if (entries == NULL) {
        return COG_ERROR_MEMORY;
    }
    journal->entries = entries;
    journal->entry_capacity = capacity;
    return COG_OK;
}

static enum cog_code reserve_delivery(struct mock_journal *journal)
{
    if (journal->delivery_count < journal->delivery_capacity) {
        return COG_OK;
    }
    size_t capacity = grown_capacity(journal->delivery_capacity);
    struct mock_journal_delivery **deliveries =
        realloc(journal->deliveries, capacity * sizeof(struct mock_journal_delivery *));
    if (deliveries == NULL) {
        return COG_ERROR_MEMORY;
    }
    journal->deliveries = deliveries;
    journal->delivery_capacity = capacity;
    return COG_OK;
}

static void entry_destroy(struct mock_journal_entry *entry)
{
    if (entry != NULL) {
        free(entry->block);
        free(entry);
    }
}

static void delivery_destroy(struct mock_journal_delivery *delivery)
{
    if (delivery != NULL) {
        free(delivery->block);
        free(delivery);
    }
}

void mock_journal_finish(struct mock_journal *journal)
{
    for (size_t i = 0; i < journal->entry_count; i++) {
        entry_destroy(journal->entries[i]);
    }
    for (size_t i = 0; i < journal->delivery_count; i++) {
        delivery_destroy(journal->deliveries[i]);
    }
    free(journal->entries);
    free(journal->deliveries);
    *journal = (struct mock_journal){0};
}

static struct mock_journal_entry *entry_create(const struct mock_exchange *exchange)
{
    size_t size = text_size(exchange->path) + text_size(exchange->request_id) +
                  text_size(exchange->idempotency_key) + text_size(exchange->body) +
                  text_size(exchange->webhook_id) + text_size(exchange->webhook_timestamp) +
                  text_size(exchange->webhook_signature);
    struct mock_journal_entry *entry = calloc(1, sizeof *entry);
    struct text_block block = {.bytes = malloc(size + 1)};
    if (entry == NULL || block.bytes == NULL) {
        free(block.bytes);
        free(entry);
        return NULL;
    }
    entry->block = block.bytes;
    entry->exchange = *exchange;
    entry->exchange.path = block_add(&block, exchange->path);
    entry->exchange.request_id = block_add(&block, exchange->request_id);
    entry->exchange.idempotency_key = block_add(&block, exchange->idempotency_key);
    entry->exchange.body = block_add(&block, exchange->body);
    entry->exchange.webhook_id = block_add(&block, exchange->webhook_id);
    entry->exchange.webhook_timestamp = block_add(&block, exchange->webhook_timestamp);
    entry->exchange.webhook_signature = block_add(&block, exchange->webhook_signature);
    return entry;
}

static struct mock_journal_delivery *delivery_create(const struct mock_delivery *delivery)
{
    size_t size = text_size(delivery->webhook_id) + text_size(delivery->signature) +
                  text_size(delivery->body);
    struct mock_journal_delivery *entry = calloc(1, sizeof *entry);
    struct text_block block = {.bytes = malloc(size + 1)};
    if (entry == NULL || block.bytes == NULL) {
        free(block.bytes);
        free(entry);
        return NULL;
    }
    entry->block = block.bytes;
    entry->delivery = *delivery;
    entry->delivery.webhook_id = block_add(&block, delivery->webhook_id);
    entry->delivery.signature = block_add(&block, delivery->signature);
    entry->delivery.body = block_add(&block, delivery->body);
    return entry;
}

enum cog_code mock_journal_append(struct mock_journal *journal,
                                  const struct mock_exchange *exchange)
{
    if (journal->entry_count == MOCK_TRUTH_EXCHANGES_MAX) {
        journal->dropped_count++;
        return COG_OK;
    }
    struct mock_journal_entry *entry = entry_create(exchange);
    if (entry == NULL || reserve_entry(journal) != COG_OK) {
        entry_destroy(entry);
        return COG_ERROR_MEMORY;
    }
    journal->entries[journal->entry_count++] = entry;
    return COG_OK;
}

enum cog_code mock_journal_append_delivery(struct mock_journal *journal,
                                           const struct mock_delivery *delivery)
{
    if (journal->delivery_count == MOCK_TRUTH_EXCHANGES_MAX) {
        return COG_OK;
    }
    struct mock_journal_delivery *entry = delivery_create(delivery);
    if (entry == NULL || reserve_delivery(journal) != COG_OK) {
        delivery_destroy(entry);
        return COG_ERROR_MEMORY;
    }
    journal->deliveries[journal->delivery_count++] = entry;
    return COG_OK;
}

const struct mock_exchange *mock_journal_exchange(const struct mock_journal *journal, size_t index)
{
    return &journal->entries[index]->exchange;
}

const struct mock_delivery *mock_journal_delivery_at(const struct mock_journal *journal,
                                                     size_t index)
{
    return &journal->deliveries[index]->delivery;
}
