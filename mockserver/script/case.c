/* The members `cases` and `calls` of a scenario. */
#include <cogmock/case.h>

#include <cogbase/text.h>
#include <cogmock/script.h>

#include <stdio.h>
#include <string.h>

static const cJSON *find_array(const struct cog_document *document, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(document->root, key);
}

/* A case that is only a word has the name of what it injects. */
static const char *case_name(const cJSON *node)
{
    const cJSON *name =
        cJSON_IsString(node) ? node : cJSON_GetObjectItemCaseSensitive(node, "name");
    return cJSON_GetStringValue(name);
}

/* A word that needs no quotes: it stands in commands and in the names of trace files. */
static bool is_name(const char *text)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_-.";
    const size_t length = strlen(text);
    return length > 0 && length <= MOCK_CASE_WORD_LENGTH_MAX && text[0] != '.' &&
           strspn(text, characters) == length;
}

static enum cog_code check_members(const struct cog_document *document, const cJSON *node,
                                   struct cog_error *error)
{
    static const char *const keys[] = {"name",   "description", "server", "faults",
                                       "inject", "client",      "expect", NULL};
    if (cJSON_IsString(node)) {
        return COG_OK;
    }
    const cJSON *required = NULL;
    const char *text = NULL;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, node, "name", &required, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, "name", &text, error);
    }
    return code == COG_OK ? cog_document_string(document, node, "description", &text, error) : code;
}

static enum cog_code check_case(const struct cog_document *document, const cJSON *node,
                                struct cog_error *error)
{
    enum cog_code code = check_members(document, node, error);
    if (code != COG_OK) {
        return code;
    }
    const char *name = case_name(node);
    if (!is_name(name)) {
        return cog_document_fail(document, node, error,
                                 "a case's name has 1 to %d letters, digits, '_', '-' and '.'",
                                 MOCK_CASE_WORD_LENGTH_MAX);
    }
    for (const cJSON *other = find_array(document, "cases")->child; other != node;
         other = other->next) {
        if (strcmp(case_name(other), name) == 0) {
            return cog_document_fail(document, node, error, "there are two cases '%s'", name);
        }
    }
    return COG_OK;
}

static bool is_call(const char *word)
{
    const char *const *names = mock_call_names();
    while (*names != NULL && strcmp(*names, word) != 0) {
        names++;
    }
    return *names != NULL;
}

static enum cog_code check_call(const struct cog_document *document, const cJSON *node,
                                struct cog_error *error)
{
    const char *word = cJSON_GetStringValue(node);
    if (word == NULL) {
        return cog_document_fail(document, node, error, "expected the name of a call");
    }
    if (!is_call(word)) {
        const char *nearest = cog_string_nearest(word, mock_call_names());
        return cog_document_fail(document, node, error, "unknown call '%s'%s%s%s", word,
                                 nearest != NULL ? ", did you mean '" : "",
                                 nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
    }
    for (const cJSON *other = find_array(document, "calls")->child; other != node;
         other = other->next) {
        if (strcmp(other->valuestring, word) == 0) {
            return cog_document_fail(document, node, error, "the call '%s' stands twice", word);
        }
    }
    return COG_OK;
}

/* One of the two lists, each element by `check`. */
static enum cog_code check_list(const struct cog_document *document, const char *key, int count_max,
                                enum cog_code (*check)(const struct cog_document *, const cJSON *,
                                                       struct cog_error *),
                                struct cog_error *error)
{
    const cJSON *list = NULL;
    enum cog_code code = cog_document_array(document, document->root, key, &list, error);
    if (code != COG_OK || list == NULL) {
        return code;
    }
    const int count = cJSON_GetArraySize(list);
    if (count < 1 || count > count_max) {
        return cog_document_fail(document, list, error, "expected 1 to %d %s", count_max, key);
    }
    for (const cJSON *node = list->child; node != NULL && code == COG_OK; node = node->next) {
        code = check(document, node, error);
    }
    return code;
}

static int call_count_max(void)
{
    int count = 0;
    while (mock_call_names()[count] != NULL) {
        count++;
    }
    return count;
}

enum cog_code mock_cases_check(const struct cog_document *document, struct cog_error *error)
{
    enum cog_code code = check_list(document, "cases", MOCK_CASES_MAX, check_case, error);
    if (code == COG_OK) {
        code = check_list(document, "calls", call_count_max(), check_call, error);
    }
    if (code == COG_OK && mock_cases_count(document) > MOCK_CASE_RUNS_MAX) {
        return cog_document_fail(document, find_array(document, "calls"), error,
                                 "the cases and these calls are %zu runs, more than %d",
                                 mock_cases_count(document), MOCK_CASE_RUNS_MAX);
    }
    return code;
}

/* How often a list multiplies the runs. */
static size_t factor(const cJSON *list)
{
    return list == NULL ? 1 : (size_t)cJSON_GetArraySize(list);
}

size_t mock_cases_count(const struct cog_document *document)
{
    return factor(find_array(document, "cases")) * factor(find_array(document, "calls"));
}

void mock_cases_at(const struct cog_document *document, size_t index, struct mock_case *out_case)
{
    const cJSON *cases = find_array(document, "cases");
    const cJSON *calls = find_array(document, "calls");
    const size_t case_count = factor(cases);
    const cJSON *node = cJSON_GetArrayItem(cases, (int)(index % case_count));
    const char *call = cJSON_GetStringValue(cJSON_GetArrayItem(calls, (int)(index / case_count)));
    *out_case = (struct mock_case){.node = node, .call = call};
    (void)snprintf(out_case->name, sizeof out_case->name, "%s%s%s", call != NULL ? call : "",
                   call != NULL && node != NULL ? "." : "", node != NULL ? case_name(node) : "");
}

/* Like none of them, or nearly like one. */
static enum cog_code refuse(const struct cog_document *document, const char *name,
                            struct cog_error *error)
{
    const char *key = find_array(document, "cases") != NULL ? "cases" : "calls";
    const cJSON *list = find_array(document, key);
    struct mock_case nearest = {0};
    for (size_t i = 0; list != NULL && i < mock_cases_count(document); i++) {
        struct mock_case other = {0};
        mock_cases_at(document, i, &other);
        const char *const pair[] = {nearest.name, other.name, NULL};
        if (cog_string_nearest(name, nearest.name[0] == '\0' ? pair + 1 : pair) == other.name) {
            nearest = other;
        }
    }
    const bool has_one = nearest.name[0] != '\0';
    return cog_document_fail(document, list != NULL ? list : document->root, error,
                             "there is no case '%s'%s%s%s", name, has_one ? ", did you mean '" : "",
                             nearest.name, has_one ? "'?" : "");
}

enum cog_code mock_cases_find(const struct cog_document *document, const char *name,
                              struct mock_case *out_case, struct cog_error *error)
{
    enum cog_code code = mock_cases_check(document, error);
    if (code != COG_OK) {
        return code;
    }
    const size_t count = mock_cases_count(document);
    for (size_t i = 0; i < count; i++) {
        struct mock_case chosen = {0};
        mock_cases_at(document, i, &chosen);
        if (strcmp(chosen.name, name != NULL ? name : "") == 0) {
            *out_case = chosen;
            return COG_OK;
        }
    }
    if (name != NULL) {
        return refuse(document, name, error);
    }
    const cJSON *cases = find_array(document, "cases");
    return cog_document_fail(document, cases != NULL ? cases : find_array(document, "calls"), error,
                             "the scenario has cases: choose one by its name");
}
