/* How fast something goes, said in a line that fits. */
#include "session/clip.h"
#include "session/figure.h"
#include "session/pace.h"
#include "session/progress.h"
#include "support/expect.h"

#include <stdlib.h>

TestSuite(pace, .timeout = 5.0);

Test(pace, tells_the_rate_and_the_time_left)
{
    static const struct {
        struct scn_pace pace;
        size_t done_count;
        size_t total_count;
        int64_t now_ms;
        const char *expected;
    } rows[] = {
        {{1000, 0}, 4000, 10000, 3000, "2,000 a second, 3s left"},
        {{1000, 0}, 4000, 10002, 3000, "2,000 a second, 4s left"},
        {{1000, 2000}, 4000, 10000, 3000, "1,000 a second, 6s left"},
        {{0, 0}, 1, 3601, 1000, "1 a second, 1h left"},
        {{0, 0}, 500, 0, 1000, "500 a second"},
        {{0, 0}, 500, 500, 1000, "500 a second"},
        {{0, 0}, 0, 500, 1000, ""},
        {{0, 500}, 500, 1000, 1000, ""},
        {{0, 0}, 10, 500, 100, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[SCN_PACE_SIZE];

        EXPECT_STR(scn_pace_format(&rows[i].pace, rows[i].done_count, rows[i].total_count,
                                   rows[i].now_ms, text),
                   rows[i].expected);
    }
}

Test(figure, has_a_comma_between_thousands)
{
    static const struct {
        int64_t number;
        const char *expected;
    } rows[] = {{0, "0"},
                {999, "999"},
                {1000, "1,000"},
                {1234567, "1,234,567"},
                {-1000, "-1,000"},
                {-100, "-100"},
                {INT64_MAX, "9,223,372,036,854,775,807"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[SCN_FIGURE_SIZE];

        EXPECT_STR(scn_figure_format(rows[i].number, text), rows[i].expected);
    }
}

Test(clip, counts_characters_and_leaves_none_half)
{
    static const struct {
        const char *text;
        int column_count;
        int expected;
    } rows[] = {{"abc", 5, 3}, {"abc", 2, 2}, {"", 2, 0},   {"aé", 2, 3},
                {"aéb", 2, 3}, {"aéb", 1, 1}, {"é—ü", 2, 5}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        EXPECT_INT(scn_clip_measure(rows[i].text, rows[i].column_count), rows[i].expected);
    }
}

Test(progress, shows_what_fits_behind_the_counts)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    cr_assert(stream != NULL);
    struct scn_progress progress = {.stream = stream, .total_count = 1234567, .done_count = 7};

    scn_progress_show(&progress, "a name that is longer than what fits into the line, by far: é",
                      0);
    (void)fclose(stream);

    EXPECT_STR(text,
               "\r\033[K7/1234567, 0 failed  a name that is longer than what fits into the li");
    free(text);
}
