#include "session/selection.h"

#include "report/replay.h"

#include <cogbase/digest.h>
#include <cogbase/text.h>

#include <string.h>
#include <strings.h>

/* Enough digits of a digest for an even split, and few enough for a number. */
enum { SPLIT_DIGITS = 15 };

/* One thing that an option asks for. */
struct condition {
    bool (*holds)(void *selection, const struct scn_suite_entry *entry);
    bool is_set;
    const char *option;
    const struct scn_words *words;
};

static bool contains_ignoring_case(const char *text, const char *word)
{
    const size_t length = strlen(word);
    for (; *text != '\0'; text++) {
        if (strncasecmp(text, word, length) == 0) {
            return true;
        }
    }
    return *word == '\0';
}

static bool holds_filter(void *context, const struct scn_suite_entry *entry)
{
    const struct scn_selection *selection = context;
    for (size_t i = 0; i < selection->filters.count; i++) {
        const char *word = selection->filters.items[i];
        if (contains_ignoring_case(entry->scenario.name, word) ||
            contains_ignoring_case(entry->path, word)) {
            return true;
        }
    }
    return false;
}

static bool has_tag(const struct scn_suite_entry *entry, const char *name)
{
    const cJSON *tag = NULL;
    cJSON_ArrayForEach(tag, entry->scenario.tags)
    {
        if (strcmp(tag->valuestring, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool holds_tag(void *context, const struct scn_suite_entry *entry)
{
    const struct scn_selection *selection = context;
    bool is_wanted = false;
    bool is_any_wanted = false;
    for (size_t i = 0; i < selection->tags.count; i++) {
        const char *tag = selection->tags.items[i];
        if (tag[0] != '!') {
            is_any_wanted = true;
            is_wanted = is_wanted || has_tag(entry, tag);
        } else if (has_tag(entry, tag + 1)) {
            return false;
        }
    }
    return is_wanted || !is_any_wanted;
}

static bool holds_case(void *context, const struct scn_suite_entry *entry)
{
    const struct scn_selection *selection = context;
    const char *name = scn_replay_case(&entry->scenario);
    return name != NULL && strcmp(name, selection->case_name) == 0;
}

enum cog_code scn_shard_choose(const char *name, int count, int *out_index, struct cog_error *error)
{
    char digest[COG_DIGEST_SIZE];
    enum cog_code code = cog_digest_sha256(name, strlen(name), digest);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot make the digest of a name");
    }
    uint64_t number = 0;
    for (size_t i = 0; i < SPLIT_DIGITS; i++) {
        const int digit = digest[i] <= '9' ? digest[i] - '0' : digest[i] - 'a' + 10;
        number = number * 16 + (uint64_t)digit;
    }
    *out_index = 1 + (int)(number % (uint64_t)count);
    return COG_OK;
}

/* A shard, and what went wrong while it was chosen. */
struct split {
    struct scn_shard shard;
    enum cog_code code;
    struct cog_error *error;
};

static bool is_in_shard(void *context, const struct scn_suite_entry *entry)
{
    struct split *split = context;
    int index = 0;
    enum cog_code code =
        scn_shard_choose(entry->scenario.name, split->shard.count, &index, split->error);
    split->code = code != COG_OK ? code : split->code;
    return index == split->shard.index;
}

/* "'a' or 'b'" */
static void append_words(struct cog_text *text, const struct scn_words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        cog_text_append_format(text, "%s'%s'", i > 0 ? " or " : "", words->items[i]);
    }
}

static enum cog_code apply_condition(const struct scn_selection *selection,
                                     const struct condition *condition, struct scn_suite *suite,
                                     struct cog_error *error)
{
    const size_t before_count = suite->count;
    struct scn_selection copy = *selection;
    scn_suite_keep(suite, condition->holds, &copy);
    if (suite->count > 0 || before_count == 0) {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text words = {0};
    append_words(&words, condition->words);
    return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s %s leaves none of %zu scenarios",
                         condition->option, cog_text_string(&words), before_count);
}

static enum cog_code apply_shard(struct scn_shard shard, struct scn_suite *suite,
                                 struct cog_error *error)
{
    struct split split = {.shard = shard, .code = COG_OK, .error = error};
    if (shard.count > 0) {
        scn_suite_keep(suite, is_in_shard, &split);
    }
    return split.code;
}

/* Before the shards part: their results are put together in this order. */
static void number(struct scn_suite *suite)
{
    suite->selected_count = suite->count;
    for (size_t i = 0; i < suite->count; i++) {
        suite->entries[i].number = i + 1;
    }
}

enum cog_code scn_selection_apply(const struct scn_selection *selection, struct scn_suite *suite,
                                  struct cog_error *error)
{
    const struct scn_words case_names = {{selection->case_name}, 1};
    const struct condition conditions[] = {
        {holds_filter, selection->filters.count > 0, "--filter", &selection->filters},
        {holds_tag, selection->tags.count > 0, "--tag", &selection->tags},
        {holds_case, selection->case_name != NULL, "--case", &case_names},
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof conditions / sizeof conditions[0]; i++) {
        if (conditions[i].is_set) {
            code = apply_condition(selection, &conditions[i], suite, error);
        }
    }
    if (code != COG_OK) {
        return code;
    }
    number(suite);
    return apply_shard(selection->shard, suite, error);
}
