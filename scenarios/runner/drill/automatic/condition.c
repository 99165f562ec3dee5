#include "drill/automatic/condition.h"

#include <cogbase/duration.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <string.h>

enum { WORD_SIZE = 32, NAMES_SIZE = 96, NUMBER_MAX = 1000000 };

static const char score_name[] = "score";

static const char *const comparisons[] = {
    [SCN_COMPARISON_LESS] = "<",      [SCN_COMPARISON_AT_MOST] = "<=", [SCN_COMPARISON_MORE] = ">",
    [SCN_COMPARISON_AT_LEAST] = ">=", [SCN_COMPARISON_EQUAL] = "==",   NULL,
};

/* The four words of a condition. */
struct words {
    char figure[WORD_SIZE];
    char statistic[WORD_SIZE];
    char comparison[WORD_SIZE];
    char value[WORD_SIZE];
};

/* Copies what stands between two places, without the spaces around it; false when it is nothing. */
static bool cut(const char *begin, const char *end, char word[WORD_SIZE])
{
    while (begin < end && *begin == ' ') {
        begin++;
    }
    while (end > begin && end[-1] == ' ') {
        end--;
    }
    const size_t length = (size_t)(end - begin);
    if (length == 0 || length >= WORD_SIZE) {
        return false;
    }
    memcpy(word, begin, length);
    word[length] = '\0';
    return true;
}

static bool split(const char *text, struct words *words)
{
    static const char signs[] = "<>=!";
    const char *dot = strchr(text, '.');
    const char *sign = text + strcspn(text, signs);
    const char *value = sign + strspn(sign, signs);
    return dot != NULL && dot < sign && cut(text, dot, words->figure) &&
           cut(dot + 1, sign, words->statistic) && cut(sign, value, words->comparison) &&
           cut(value, value + strlen(value), words->value);
}

/* "a, b, c" */
static const char *list(const char *const *names, const char *last, char buffer[NAMES_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (size_t i = 0; names[i] != NULL; i++) {
        cog_text_append_format(&text, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    if (last != NULL) {
        cog_text_append_format(&text, ", %s", last);
    }
    return cog_string_copy(buffer, NAMES_SIZE, cog_text_string(&text)) ? buffer : "";
}

static int find(const char *const *names, const char *word)
{
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], word) == 0) {
            return i;
        }
    }
    return -1;
}

static enum cog_code find_names(const struct words *words, struct scn_condition *condition,
                                struct cog_error *error)
{
    char names[NAMES_SIZE];
    const int figure = find(scn_figure_names(), words->figure);
    const int statistic = find(scn_statistic_names(), words->statistic);
    const int comparison = find(comparisons, words->comparison);
    condition->is_score = strcmp(words->figure, score_name) == 0;
    if (figure < 0 && !condition->is_score) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "unknown figure '%s', expected one of %s",
                             words->figure, list(scn_figure_names(), score_name, names));
    }
    if (statistic < 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "unknown statistic '%s', expected one of %s",
                             words->statistic, list(scn_statistic_names(), NULL, names));
    }
    if (comparison < 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "unknown operator '%s', expected one of %s",
                             words->comparison, list(comparisons, NULL, names));
    }
    condition->figure = condition->is_score ? SCN_FIGURE_DETECT : (enum scn_figure_id)figure;
    condition->statistic = (enum scn_statistic)statistic;
    condition->comparison = (enum scn_comparison)comparison;
    return COG_OK;
}

static enum cog_code find_value(const struct words *words, struct scn_condition *condition,
                                struct cog_error *error)
{
    struct cog_error cause = {0};
    const bool is_duration = scn_condition_is_duration(condition);
    enum cog_code code = is_duration ? cog_duration_parse(words->value, &condition->value, &cause)
                                     : cog_number_parse_integer(words->value, 0, NUMBER_MAX,
                                                                &condition->value, &cause);
    if (code == COG_OK) {
        return code;
    }
    return is_duration ? cog_error_set(error, COG_ERROR_SYNTAX,
                                       "'%s' is no duration: '%s' is one, as '90s' or '2m'",
                                       words->value, words->figure)
                       : cog_error_set(error, COG_ERROR_SYNTAX, "'%s' is held against '%s': %s",
                                       words->figure, words->value, cause.message);
}

enum cog_code scn_condition_parse(const char *text, struct scn_condition *out_condition,
                                  struct cog_error *error)
{
    struct words words = {0};
    struct scn_condition condition = {.text = text};
    if (!split(text, &words)) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "expected FIGURE.STATISTIC OPERATOR VALUE, as 'recover.p95 > 90s' or"
                             " 'score.median < 90'");
    }
    enum cog_code code = find_names(&words, &condition, error);
    if (code == COG_OK) {
        code = find_value(&words, &condition, error);
    }
    if (code == COG_OK) {
        *out_condition = condition;
    }
    return code;
}

bool scn_condition_is_duration(const struct scn_condition *condition)
{
    return !condition->is_score && scn_figure_is_duration(condition->figure);
}

bool scn_condition_is_met(const struct scn_condition *condition, int64_t value)
{
    switch (condition->comparison) {
    case SCN_COMPARISON_LESS:
        return value < condition->value;
    case SCN_COMPARISON_AT_MOST:
        return value <= condition->value;
    case SCN_COMPARISON_MORE:
        return value > condition->value;
    case SCN_COMPARISON_AT_LEAST:
        return value >= condition->value;
    case SCN_COMPARISON_EQUAL:
        return value == condition->value;
    }
    return false;
}
