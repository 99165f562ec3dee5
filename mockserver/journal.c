#include "journal.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

/* Texts, and arrays of headers in front of them, one after the other in one block. */
struct block {
    char *bytes;
    size_t length;
};

struct kept_delivery {
    struct mock_delivery delivery; /**< Its texts are in `block`. */
    char block[];
};

const char *mock_exchange_state_name(enum mock_exchange_state state)
{
    static const char *const names[] = {
        [MOCK_EXCHANGE_ARRIVED] = "arrived",
        [MOCK_EXCHANGE_ANSWERED] = "answered",
        [MOCK_EXCHANGE_DONE] = "done",
        [MOCK_EXCHANGE_ABANDONED] = "abandoned",
    };
    return names[state];
}

static size_t text_size(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

static size_t body_size(size_t length)
{
    return (length < MOCK_TRUTH_BODY_LENGTH_MAX ? length : MOCK_TRUTH_BODY_LENGTH_MAX) + 1;
}

static size_t headers_size(const struct mock_header *headers, size_t count)
{
    size_t size = count * sizeof *headers;
    for (size_t i = 0; i < count; i++) {
        size += text_size(headers[i].name) + text_size(headers[i].value);
    }
    return size;
}

/* Copies `length` bytes and a NUL to the end of the block, which has room for them. */
static char *block_add_bytes(struct block *block, const char *bytes, size_t length)
{
    char *copy = block->bytes + block->length;
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    copy[length] = '\0';
    block->length += length + 1;
    return copy;
}

static char *block_add(struct block *block, const char *text)
{
    return text == NULL ? NULL : block_add_bytes(block, text, strlen(text));
}

static const char *block_add_body(struct block *block, const char *body, size_t length)
{
    return block_add_bytes(block, body, body_size(length) - 1);
}

/* The array goes to the front of an empty block, where it is aligned. */
static const struct mock_header *block_add_headers(struct block *block,
                                                   const struct mock_header *headers, size_t count)
{
    struct mock_header *copies = (struct mock_header *)(void *)block->bytes;
    block->length += count * sizeof *copies;
    for (size_t i = 0; i < count; i++) {
        copies[i].name = block_add(block, headers[i].name);
        copies[i].value = block_add(block, headers[i].value);
    }
    return copies;
}

/* Headers that somebody asks for by name; the first of each that is not empty counts. */
static void note_header(struct mock_exchange *exchange, const struct mock_header *header)
{
    const struct {
        const char *name;
        const char **value;
    } notable[] = {
        {"X-Request-Id", &exchange->request_id},
        {"Idempotency-Key", &exchange->idempotency_key},
        {"webhook-id", &exchange->webhook_id},
        {"webhook-timestamp", &exchange->webhook_timestamp},
        {"webhook-signature", &exchange->webhook_signature},
    };
    if (*header->value == '\0') {
        return;
    }
    if (cog_string_equals_ignoring_case(header->name, "Authorization")) {
        exchange->has_authorization = true;
        return;
    }
    for (size_t i = 0; i < sizeof notable / sizeof notable[0]; i++) {
        if (*notable[i].value == NULL &&
            cog_string_equals_ignoring_case(header->name, notable[i].name)) {
            *notable[i].value = header->value;
            return;
        }
    }
}

static size_t head_size(const struct mock_request *head)
{
    return headers_size(head->headers, head->header_count) + text_size(head->method) +
           text_size(head->target);
}

static struct mock_journal_entry *entry_create(const struct mock_request *head)
{
    struct mock_journal_entry *entry = malloc(sizeof *entry + head_size(head));
    if (entry == NULL) {
        return NULL;
    }
    struct block block = {.bytes = entry->block};
    *entry = (struct mock_journal_entry){.holder_count = 1};
    struct mock_exchange *exchange = &entry->exchange;
    exchange->answered_ms = -1;
    exchange->done_ms = -1;
    exchange->body = "";
    exchange->headers = block_add_headers(&block, head->headers, head->header_count);
    exchange->header_count = head->header_count;
    exchange->method = block_add(&block, head->method);
    exchange->target = block_add(&block, head->target);
    exchange->connection = head->connection;
    exchange->connection_request = head->connection_request;
    for (size_t i = 0; i < exchange->header_count; i++) {
        note_header(exchange, &exchange->headers[i]);
    }
    return entry;
}

void mock_journal_entry_drop(struct mock_journal_entry *entry)
{
    if (entry == NULL || --entry->holder_count > 0) {
        return;
    }
    free(entry->answer_block);
    free(entry->fault_block);
    free(entry);
}

static void release_entry(void *item)
{
    mock_journal_entry_drop(item);
}

void mock_journal_init(struct mock_journal *journal, size_t capacity, size_t size_max)
{
    *journal = (struct mock_journal){
        .exchanges = {.capacity = capacity, .size_max = size_max, .release = release_entry},
        .deliveries =
            {
                .capacity = capacity,
                .size_max = size_max > 0 ? size_max / MOCK_JOURNAL_DELIVERIES_SHARE
                                         : MOCK_JOURNAL_DELIVERIES_SIZE_MAX,
                .release = free,
            },
    };
}

void mock_journal_finish(struct mock_journal *journal)
{
    mock_ring_finish(&journal->exchanges);
    mock_ring_finish(&journal->deliveries);
}

/* An entry that is no longer in the ring counts for itself alone. */
static void grow(struct mock_journal *journal, struct mock_journal_entry *entry, size_t size)
{
    if (mock_ring_find(&journal->exchanges, entry->exchange.number) == entry) {
        mock_ring_grow(&journal->exchanges, entry->exchange.number, size);
    }
}

enum cog_code mock_journal_open(struct mock_journal *journal, const struct mock_request *head,
                                struct mock_journal_entry **out_entry)
{
    struct mock_journal_entry *entry = entry_create(head);
    if (entry == NULL) {
        return COG_ERROR_MEMORY;
    }
    enum cog_code code =
        mock_ring_append(&journal->exchanges, entry, sizeof *entry + head_size(head));
    if (code != COG_OK) {
        mock_journal_entry_drop(entry);
        return code;
    }
    entry->exchange.number = journal->exchanges.newest;
    entry->holder_count++;
    *out_entry = entry;
    return COG_OK;
}

static size_t answer_size(const struct mock_journal_answer *answer)
{
    const struct mock_plan *plan = answer->plan;
    return headers_size(plan->headers, plan->header_count) + body_size(plan->body_length) +
           body_size(answer->request->body_length) + text_size(answer->client) +
           text_size(answer->why);
}

static void copy_answer(struct mock_exchange *exchange, struct block *block,
                        const struct mock_journal_answer *answer)
{
    const struct mock_plan *plan = answer->plan;
    exchange->answer_headers = block_add_headers(block, plan->headers, plan->header_count);
    exchange->answer_header_count = plan->header_count;
    exchange->answer_body = block_add_body(block, plan->body, plan->body_length);
    exchange->answer_body_length = plan->body_length;
    exchange->body = block_add_body(block, answer->request->body, answer->request->body_length);
    exchange->body_length = answer->request->body_length;
    exchange->client = block_add(block, answer->client);
    exchange->why = answer->why == NULL ? "" : block_add(block, answer->why);
}

enum cog_code mock_journal_answer(struct mock_journal *journal, struct mock_journal_entry *entry,
                                  const struct mock_journal_answer *answer)
{
    const size_t size = answer_size(answer);
    struct block block = {.bytes = malloc(size)};
    if (block.bytes == NULL) {
        return COG_ERROR_MEMORY;
    }
    copy_answer(&entry->exchange, &block, answer);
    free(entry->answer_block);
    entry->answer_block = block.bytes;
    grow(journal, entry, size);
    return COG_OK;
}

enum cog_code mock_journal_strike(struct mock_journal *journal, struct mock_journal_entry *entry,
                                  const struct mock_journal_strike *strike)
{
    const size_t size =
        text_size(strike->fault) + text_size(strike->faults) + text_size(strike->fault_kinds) + 1;
    struct block block = {.bytes = malloc(size)};
    if (block.bytes == NULL) {
        return COG_ERROR_MEMORY;
    }
    entry->exchange.fault = block_add(&block, strike->fault);
    entry->exchange.faults = block_add(&block, strike->faults);
    entry->exchange.fault_kinds = block_add(&block, strike->fault_kinds);
    free(entry->fault_block);
    entry->fault_block = block.bytes;
    grow(journal, entry, size);
    return COG_OK;
}

void mock_journal_clear(struct mock_journal *journal)
{
    mock_ring_clear(&journal->exchanges);
}

const struct mock_exchange *mock_journal_exchange(const struct mock_journal *journal, size_t index)
{
    const struct mock_journal_entry *entry = mock_ring_item(&journal->exchanges, index);
    return &entry->exchange;
}

const struct mock_exchange *mock_journal_find(const struct mock_journal *journal, uint64_t number)
{
    const struct mock_journal_entry *entry = mock_ring_find(&journal->exchanges, number);
    return entry == NULL ? NULL : &entry->exchange;
}

enum cog_code mock_journal_append_delivery(struct mock_journal *journal,
                                           const struct mock_delivery *delivery)
{
    const size_t length = strlen(delivery->body);
    const size_t size = sizeof(struct kept_delivery) + text_size(delivery->webhook_id) +
                        text_size(delivery->signature) + body_size(length);
    struct kept_delivery *kept = malloc(size);
    if (kept == NULL) {
        return COG_ERROR_MEMORY;
    }
    struct block block = {.bytes = kept->block};
    kept->delivery = *delivery;
    kept->delivery.webhook_id = block_add(&block, delivery->webhook_id);
    kept->delivery.signature = block_add(&block, delivery->signature);
    kept->delivery.body = block_add_body(&block, delivery->body, length);
    enum cog_code code = mock_ring_append(&journal->deliveries, kept, size);
    if (code != COG_OK) {
        free(kept);
    }
    return code;
}

const struct mock_delivery *mock_journal_delivery_at(const struct mock_journal *journal,
                                                     size_t index)
{
    const struct kept_delivery *kept = mock_ring_item(&journal->deliveries, index);
    return &kept->delivery;
}
