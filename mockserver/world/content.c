#include "world/content.h"

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

struct mock_content mock_content_generate(const int counts[MOCK_KIND_COUNT], int version)
{
    struct mock_content content = {0};
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        for (int i = 0; i < counts[kind]; i++) {
            content.revisions[kind][i] = i % 3 == 0 ? (uint16_t)version : 1;
        }
    }
    return content;
}

int mock_content_count(const struct mock_content *content, enum mock_kind kind)
{
    int count = 0;
    for (int i = 0; i < MOCK_ITEMS_MAX; i++) {
        if (content->revisions[kind][i] != 0) {
            count++;
        }
    }
    return count;
}

size_t mock_content_difference(const struct mock_content *left, const struct mock_content *right)
{
    size_t count = 0;
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        for (int i = 0; i < MOCK_ITEMS_MAX; i++) {
            if (left->revisions[kind][i] != right->revisions[kind][i]) {
                count++;
            }
        }
    }
    return count;
}

struct mock_content mock_content_blend(const struct mock_content *from,
                                       const struct mock_content *to, size_t count)
{
    struct mock_content blend = *from;
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        for (int i = 0; i < MOCK_ITEMS_MAX && count > 0; i++) {
            if (from->revisions[kind][i] != to->revisions[kind][i]) {
                blend.revisions[kind][i] = to->revisions[kind][i];
                count--;
            }
        }
    }
    return blend;
}

static void append_items(const struct mock_content *content, enum mock_kind kind,
                         struct cog_text *text)
{
    const struct item_words *words = &item_words[kind];
    const char *separator = "";
    for (int i = 0; i < MOCK_ITEMS_MAX; i++) {
        int revision = content->revisions[kind][i];
        if (revision == 0) {
            continue;
        }
        cog_text_append_format(text, "%s{\"id\":\"%s-%d\",\"name\":\"%s %d\",\"revision\":%d}",
                               separator, words->id, i + 1, words->name, i + 1, revision);
        separator = ",";
    }
}

void mock_content_append_canonical(const struct mock_content *content, struct cog_text *text)
{
    const char *opening = "{";
    for (int i = 0; i < MOCK_KIND_COUNT; i++) {
        enum mock_kind kind = canonical_order[i];
        cog_text_append_format(text, "%s\"%s\":[", opening, kind_names[kind]);
        append_items(content, kind, text);
        cog_text_append(text, "]");
        opening = ",";
    }
    cog_text_append(text, "}");
}

enum cog_code mock_content_digest(const struct mock_content *content,
                                  char out_digest[COG_DIGEST_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    mock_content_append_canonical(content, &text);
    if (text.failed) {
        return COG_ERROR_MEMORY;
    }
    return cog_digest_sha256(text.bytes, text.length, out_digest);
}
