/* Points have names that can be said, and taken from a command line. */
#include "torture/point.h"

#include "support/expect.h"

TestSuite(point, .timeout = 5.0);

Test(point, parse_takes_what_format_makes_of_it)
{
    static const struct {
        const char *text;
        enum scn_torture_kind kind;
        int at;
        int again;
        bool is_lasting;
        bool is_moved;
    } rows[] = {
        {"memory 117", SCN_TORTURE_MEMORY, 117, 0, false, false},
        {"memory 1 lasting", SCN_TORTURE_MEMORY, 1, 0, true, false},
        {"storage short_write 4", SCN_TORTURE_STORAGE, 4, 0, false, false},
        {"storage EIO 12 lasting", SCN_TORTURE_STORAGE, 12, 0, true, false},
        {"storage EINTR 1000000", SCN_TORTURE_STORAGE, 1000000, 0, false, false},
        {"kill after_event 3", SCN_TORTURE_KILLS, 3, 0, false, false},
        {"kill in_journal_write 3 moved", SCN_TORTURE_KILLS, 3, 0, false, true},
        {"kill after_request 3 again 2", SCN_TORTURE_KILLS, 3, 2, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[SCN_POINT_TEXT_SIZE];
        struct scn_point point = {0};
        struct cog_error error = {0};

        ASSERT_CODE(scn_point_parse(rows[i].text, &point, &error), COG_OK, error);

        EXPECT_STR(scn_point_format(&point, text), rows[i].text);
        EXPECT_INT(point.series->kind, rows[i].kind);
        EXPECT_INT(point.at, rows[i].at);
        EXPECT_INT(point.again, rows[i].again);
        EXPECT_INT(point.series->is_lasting, rows[i].is_lasting);
        EXPECT_INT(point.is_moved, rows[i].is_moved);
    }
}

Test(point, parse_says_what_a_point_is)
{
    static const char *const texts[] = {
        "",
        "memory",
        "memory 0",
        "memory x",
        "memory 1000001",
        "memory 99999999999999999999",
        "memory 117 moved",
        "memory 117 lasting ",
        "storage 12",
        "storage EROFS 12",
        "storage EINTR 12 lasting",
        "kill after_lunch 3",
        "kill after_event 3 lasting",
        "kill after_event 3 again 2",
        "kill after_request 3 again",
        "kill after_request 3 again 0",
        "kill after_request 3 moved again 2",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct scn_point point = {0};
        struct cog_error error = {0};

        enum cog_code code = scn_point_parse(texts[i], &point, &error);

        cr_expect(code == COG_ERROR_ARGUMENT, "'%s' was accepted", texts[i]);
        EXPECT_CONTAINS(error.message, "is no point; such are 'memory 117'");
        cr_expect(point.series == NULL);
    }
}

Test(point, each_series_can_be_named)
{
    for (const struct scn_series *series = scn_series_all(); series->title != NULL; series++) {
        const struct scn_point point = {series, 7, series->is_again ? 1 : 0, false};
        struct scn_point parsed = {0};
        struct cog_error error = {0};
        char text[SCN_POINT_TEXT_SIZE];

        ASSERT_CODE(scn_point_parse(scn_point_format(&point, text), &parsed, &error), COG_OK,
                    error);

        cr_expect(scn_point_equals(&point, &parsed), "'%s' became another", text);
    }
}
