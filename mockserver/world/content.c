#include "world/content.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* As long as that of a middling environment. */
enum { CANONICAL_LENGTH = 1 << 14 };

static const char *const kind_names[] = {
    "intents", "entities", "flows", "webhooks", "integrations", "variables", NULL,
};

struct item_words {
    const char *id;
    const char *name;
};

static const struct item_words item_words[MOCK_KIND_COUNT] = {
    {"intent", "Intent"},   {"entity", "Entity"},           {"flow", "Flow"},
    {"webhook", "Webhook"}, {"integration", "Integration"}, {"variable", "Variable"},
};

/* RFC 8785 sorts the members of an object by name. */
static const enum mock_kind canonical_order[MOCK_KIND_COUNT] = {
    MOCK_KIND_ENTITY, MOCK_KIND_FLOW,     MOCK_KIND_INTEGRATION,
    MOCK_KIND_INTENT, MOCK_KIND_VARIABLE, MOCK_KIND_WEBHOOK,
};

const char *const *mock_kind_names(void)
{
    return kind_names;
}

static size_t kind_offset(const struct mock_content *content, enum mock_kind kind)
{
    size_t offset = 0;
    for (int i = 0; i < (int)kind; i++) {
        offset += content->lengths[i];
    }
    return offset;
}

static int longer(int left, int right)
{
    return left > right ? left : right;
}

enum cog_code mock_content_init(const int lengths[MOCK_KIND_COUNT],
                                struct mock_content *out_content)
{
    struct mock_content content = {0};
    size_t total = 0;
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        assert(lengths[kind] >= 0 && lengths[kind] <= MOCK_ITEMS_MAX);

        content.lengths[kind] = (uint16_t)lengths[kind];
        total += content.lengths[kind];
    }
    const size_t size = total * sizeof *content.revisions;
    content.revisions = calloc(1, size + COG_DIGEST_SIZE);
    if (content.revisions == NULL) {
        return COG_ERROR_MEMORY;
    }
    content.digest = (char *)content.revisions + size;
    *out_content = content;
    return COG_OK;
}

enum cog_code mock_content_generate(const int counts[MOCK_KIND_COUNT], int version,
                                    struct mock_content *out_content)
{
    struct mock_content content = {0};
    enum cog_code code = mock_content_init(counts, &content);
    if (code != COG_OK) {
        return code;
    }
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        for (int i = 0; i < counts[kind]; i++) {
            mock_content_set(&content, (enum mock_kind)kind, i, i % 3 == 0 ? version : 1);
        }
    }
    *out_content = content;
    return COG_OK;
}

enum cog_code mock_content_compose(const struct mock_content *const parts[MOCK_KIND_COUNT],
                                   struct mock_content *out_content)
{
    int lengths[MOCK_KIND_COUNT];
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        lengths[kind] = parts[kind]->lengths[kind];
    }
    struct mock_content content = {0};
    enum cog_code code = mock_content_init(lengths, &content);
    if (code != COG_OK) {
        return code;
    }
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        for (int i = 0; i < lengths[kind]; i++) {
            int revision = mock_content_revision(parts[kind], (enum mock_kind)kind, i);
            mock_content_set(&content, (enum mock_kind)kind, i, revision);
        }
    }
    *out_content = content;
    return COG_OK;
}

enum cog_code mock_content_copy(const struct mock_content *content,
                                struct mock_content *out_content)
{
    const struct mock_content *const parts[MOCK_KIND_COUNT] = {
        content, content, content, content, content, content,
    };
    return mock_content_compose(parts, out_content);
}

enum cog_code mock_content_reserve(struct mock_content *content, const struct mock_content *other)
{
    int lengths[MOCK_KIND_COUNT];
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        lengths[kind] = longer(content->lengths[kind], other->lengths[kind]);
    }
    struct mock_content larger = {0};
    enum cog_code code = mock_content_init(lengths, &larger);
    if (code != COG_OK) {
        return code;
    }
    mock_content_blend(content, content, 0, &larger);
    mock_content_finish(content);
    *content = larger;
    return COG_OK;
}

void mock_content_finish(struct mock_content *content)
{
    free(content->revisions);
    *content = (struct mock_content){0};
}

int mock_content_revision(const struct mock_content *content, enum mock_kind kind, int index)
{
    if (index >= content->lengths[kind]) {
        return 0;
    }
    return content->revisions[kind_offset(content, kind) + (size_t)index];
}

void mock_content_set(struct mock_content *content, enum mock_kind kind, int index, int revision)
{
    assert(index >= 0 && index < content->lengths[kind]);
    assert(revision >= 0 && revision <= UINT16_MAX);

    content->revisions[kind_offset(content, kind) + (size_t)index] = (uint16_t)revision;
    content->digest[0] = '\0';
}

int mock_content_count(const struct mock_content *content, enum mock_kind kind)
{
    int count = 0;
    for (int i = 0; i < content->lengths[kind]; i++) {
        if (mock_content_revision(content, kind, i) != 0) {
            count++;
        }
    }
    return count;
}

size_t mock_content_difference(const struct mock_content *left, const struct mock_content *right)
{
    size_t count = 0;
    for (int i = 0; i < MOCK_KIND_COUNT; i++) {
        const enum mock_kind kind = (enum mock_kind)i;
        const int length = longer(left->lengths[kind], right->lengths[kind]);
        for (int item = 0; item < length; item++) {
            if (mock_content_revision(left, kind, item) !=
                mock_content_revision(right, kind, item)) {
                count++;
            }
        }
    }
    return count;
}

void mock_content_blend(const struct mock_content *from, const struct mock_content *to,
                        size_t count, struct mock_content *inout_content)
{
    for (int i = 0; i < MOCK_KIND_COUNT; i++) {
        const enum mock_kind kind = (enum mock_kind)i;
        assert(inout_content->lengths[kind] >= from->lengths[kind]);
        assert(inout_content->lengths[kind] >= to->lengths[kind]);

        for (int item = 0; item < inout_content->lengths[kind]; item++) {
            int revision = mock_content_revision(from, kind, item);
            const int wanted = mock_content_revision(to, kind, item);
            if (revision != wanted && count > 0) {
                revision = wanted;
                count--;
            }
            mock_content_set(inout_content, kind, item, revision);
        }
    }
}

static void append_items(const struct mock_content *content, enum mock_kind kind,
                         struct cog_text *text)
{
    const struct item_words *words = &item_words[kind];
    const char *separator = "";
    for (int i = 0; i < content->lengths[kind]; i++) {
        int revision = mock_content_revision(content, kind, i);
        if (revision == 0) {
            continue;
        }
        /* Hundreds of them in each digest: no place for formats. */
        cog_text_append(text, separator);
        cog_text_append(text, "{\"id\":\"");
        cog_text_append(text, words->id);
        cog_text_append(text, "-");
        cog_text_append_integer(text, i + 1);
        cog_text_append(text, "\",\"name\":\"");
        cog_text_append(text, words->name);
        cog_text_append(text, " ");
        cog_text_append_integer(text, i + 1);
        cog_text_append(text, "\",\"revision\":");
        cog_text_append_integer(text, revision);
        cog_text_append(text, "}");
        separator = ",";
    }
}

void mock_content_append_canonical(const struct mock_content *content, struct cog_text *text)
{
    const char *opening = "{";
    for (int i = 0; i < MOCK_KIND_COUNT; i++) {
        enum mock_kind kind = canonical_order[i];
        cog_text_append(text, opening);
        cog_text_append_bytes(text, "\"", 1);
        cog_text_append(text, kind_names[kind]);
        cog_text_append(text, "\":[");
        append_items(content, kind, text);
        cog_text_append(text, "]");
        opening = ",";
    }
    cog_text_append(text, "}");
}

static enum cog_code compute_digest(const struct mock_content *content,
                                    char out_digest[COG_DIGEST_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_reserve(&text, CANONICAL_LENGTH);
    mock_content_append_canonical(content, &text);
    if (text.failed) {
        return COG_ERROR_MEMORY;
    }
    return cog_digest_sha256(text.bytes, text.length, out_digest);
}

enum cog_code mock_content_digest(const struct mock_content *content,
                                  char out_digest[COG_DIGEST_SIZE])
{
    if (content->digest == NULL) {
        return compute_digest(content, out_digest);
    }
    if (content->digest[0] == '\0') {
        char digest[COG_DIGEST_SIZE];
        enum cog_code code = compute_digest(content, digest);
        if (code != COG_OK) {
            return code;
        }
        memcpy(content->digest, digest, COG_DIGEST_SIZE);
    }
    memcpy(out_digest, content->digest, COG_DIGEST_SIZE);
    return COG_OK;
}
