#include "torture/point.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

bool scn_point_equals(const struct scn_point *left, const struct scn_point *right)
{
    return left->series == right->series && left->at == right->at && left->again == right->again &&
           left->is_moved == right->is_moved;
}

const char *scn_point_format(const struct scn_point *point, char buffer[SCN_POINT_TEXT_SIZE])
{
    char again[SCN_POINT_TEXT_SIZE / 2] = "";
    if (point->again > 0) {
        (void)snprintf(again, sizeof again, " again %d", point->again);
    }
    (void)snprintf(buffer, SCN_POINT_TEXT_SIZE, "%s %d%s%s%s", point->series->words, point->at,
                   point->series->is_lasting ? " lasting" : "", point->is_moved ? " moved" : "",
                   again);
    return buffer;
}

/* Moves `inout_text` behind the word, if it begins so. */
static bool take_word(const char **inout_text, const char *word)
{
    const size_t length = strlen(word);
    if (strncmp(*inout_text, word, length) != 0) {
        return false;
    }
    *inout_text += length;
    return true;
}

static bool take_number(const char **inout_text, int *out_number)
{
    char digits[16];
    int64_t number = 0;
    const size_t length = strcspn(*inout_text, " ");
    if (length >= sizeof digits) {
        return false;
    }
    memcpy(digits, *inout_text, length);
    digits[length] = '\0';
    if (cog_number_parse_integer(digits, 1, SCN_POINTS_MAX, &number, NULL) != COG_OK) {
        return false;
    }
    *inout_text += length;
    *out_number = (int)number;
    return true;
}

/* Whether the text is a point of that series. */
static bool take_point(const struct scn_series *series, const char *text,
                       struct scn_point *out_point)
{
    struct scn_point point = {.series = series};
    if (!take_word(&text, series->words) || !take_word(&text, " ") ||
        !take_number(&text, &point.at)) {
        return false;
    }
    if (series->is_lasting && !take_word(&text, " lasting")) {
        return false;
    }
    if (series->is_again && (!take_word(&text, " again ") || !take_number(&text, &point.again))) {
        return false;
    }
    if (series->kind == SCN_TORTURE_KILLS && !series->is_again) {
        point.is_moved = take_word(&text, " moved");
    }
    *out_point = point;
    return *text == '\0';
}

enum cog_code scn_point_parse(const char *text, struct scn_point *out_point,
                              struct cog_error *error)
{
    struct scn_point point = {0};
    for (const struct scn_series *series = scn_series_all(); series->title != NULL; series++) {
        if (take_point(series, text, &point)) {
            *out_point = point;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_ARGUMENT,
                         "'%s' is no point; such are 'memory 117', 'memory 117 lasting', 'storage"
                         " EIO 12', 'kill after_event 3 moved', 'kill after_request 3 again 2'",
                         text);
}
