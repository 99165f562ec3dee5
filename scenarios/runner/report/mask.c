#include "report/mask.h"

#include "judge/credential.h"
#include "report/accident.h"

#include <cogbase/quote.h>
#include <cogbase/utf8.h>

#include <stdlib.h>
#include <string.h>

/* Takes `word` over, which is NULL when there was no memory for it. */
static bool take_word(struct scn_mask *mask, char *word)
{
    char **words = word != NULL ? realloc(mask->words, (mask->count + 1) * sizeof *words) : NULL;
    if (words == NULL) {
        free(word);
        return false;
    }
    mask->words = words;
    mask->words[mask->count++] = word;
    return true;
}

/* As it stands in a JSON text, without the quotes. */
static char *escape(const char *secret)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_quote_append(&text, secret);
    const size_t length = text.length;
    return text.failed ? NULL : cog_string_clone(cog_text_string(&text) + 1, length - 2);
}

/* As it is, as a string of JSON, and as the user name's partner in a Basic header. */
static bool add_secret(struct scn_mask *mask, const struct scn_facts *facts, const char *secret)
{
    if (secret == NULL || secret[0] == '\0') {
        return true;
    }
    const char *id = facts->config != NULL ? facts->config->client_id : NULL;
    return take_word(mask, strdup(secret)) && take_word(mask, escape(secret)) &&
           (id == NULL || take_word(mask, scn_credential_basic(id, secret)));
}

/* The longest one first: another may be a part of it. */
static int compare_words(const void *left, const void *right)
{
    const size_t left_length = strlen(*(char *const *)left);
    const size_t right_length = strlen(*(char *const *)right);
    return (left_length < right_length) - (left_length > right_length);
}

enum cog_code scn_mask_init(struct scn_mask *mask, const struct scn_facts *facts)
{
    *mask = (struct scn_mask){.host = facts->host != NULL ? strdup(facts->host) : NULL};
    bool is_complete = facts->host == NULL || mask->host != NULL;
    for (size_t i = 0; facts->secrets != NULL && facts->secrets[i] != NULL; i++) {
        is_complete = is_complete && add_secret(mask, facts, facts->secrets[i]);
    }
    if (facts->config != NULL) {
        is_complete = is_complete && add_secret(mask, facts, facts->config->client_secret) &&
                      add_secret(mask, facts, facts->config->webhook_secret);
    }
    if (!is_complete) {
        scn_mask_finish(mask);
        return COG_ERROR_MEMORY;
    }
    if (mask->count > 0) {
        qsort(mask->words, mask->count, sizeof *mask->words, compare_words);
    }
    return COG_OK;
}

static void replace_word(char **inout_string, const char *word)
{
    const char *found = *inout_string != NULL ? strstr(*inout_string, word) : NULL;
    if (found == NULL) {
        return;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const char *rest = *inout_string;
    for (; found != NULL; found = strstr(rest, word)) {
        cog_text_append_bytes(&text, rest, (size_t)(found - rest));
        cog_text_append(&text, "***");
        rest = found + strlen(word);
    }
    cog_text_append(&text, rest);
    free(*inout_string);
    *inout_string = cog_text_take(&text);
}

/* At the very end, when nothing in the text is an accident any more: so is its length. */
static char *cut(struct cog_text *text)
{
    const size_t length = text->length;
    if (text->failed || length <= SCN_MASK_LENGTH_MAX) {
        return cog_text_take(text);
    }
    COG_CLEANUP(cog_string_finish)
    char *start = cog_string_clone(cog_text_string(text), SCN_MASK_LENGTH_MAX);
    if (start == NULL) {
        return NULL;
    }
    cog_utf8_cut(start);
    COG_CLEANUP(cog_text_finish) struct cog_text shortened = {0};
    cog_text_append_format(&shortened, "%s… (cut: %zu bytes in all)", start, length);
    return cog_text_take(&shortened);
}

char *scn_mask_apply(const struct scn_mask *mask, const char *string)
{
    COG_CLEANUP(cog_string_finish) char *masked = strdup(string);
    for (size_t i = 0; i < mask->count; i++) {
        replace_word(&masked, mask->words[i]);
    }
    if (masked == NULL) {
        return NULL;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (mask->host != NULL) {
        scn_accident_append(&text, masked, mask->host);
    } else {
        cog_text_append(&text, masked);
    }
    return cut(&text);
}

void scn_mask_finish(struct scn_mask *mask)
{
    for (size_t i = 0; i < mask->count; i++) {
        free(mask->words[i]);
    }
    free(mask->words);
    free(mask->host);
    *mask = (struct scn_mask){0};
}
