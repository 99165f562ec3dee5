/* The order in which points are tried, and where it ends. */
#include "torture/stretch.h"

#include "support/expect.h"

#include <cogbase/text.h>

TestSuite(stretch, .timeout = 5.0);

enum { STEPS_MAX = 40 };

static struct scn_point parse(const char *text)
{
    struct scn_point point = {0};
    struct cog_error error = {0};
    ASSERT_CODE(scn_point_parse(text, &point, &error), COG_OK, error);
    return point;
}

/* A run that has so many places, at each of which its heir has so many. */
static bool is_within(const struct scn_point *point, int at_max, int again_max)
{
    return point->at <= at_max && point->again <= again_max;
}

/* All points of a stretch, the reached ones in brackets. */
static char *walk(const struct scn_stretch *stretch, int at_max, int again_max)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct scn_point point = stretch->first;
    bool is_reached = false;
    int count = 0;
    do {
        is_reached = is_within(&point, at_max, again_max);
        cog_text_append_format(&text, is_reached ? "[%d%s" : "%d%s", point.at,
                               point.is_moved ? "m" : "");
        if (point.again > 0) {
            cog_text_append_format(&text, "/%d", point.again);
        }
        cog_text_append(&text, is_reached ? "] " : " ");
    } while (count++ < STEPS_MAX && scn_stretch_next(stretch, is_reached, &point));
    return cog_text_take(&text);
}

Test(stretch, next_takes_each_point_in_turn)
{
    static const struct {
        const char *first;
        const char *end; /* NULL for none. */
        int stride;
        int again_stride;
        const char *points;
    } rows[] = {
        {"memory 1", NULL, 1, 1, "[1] [2] [3] 4 "},
        {"storage EIO 2 lasting", NULL, 2, 1, "[2] 4 "},
        {"memory 4", NULL, 1, 1, "4 "},
        {"memory 2", NULL, 0, 0, "[2] "},
        {"memory 1", "memory 3", 1, 1, "[1] [2] "},
        {"kill after_event 2", NULL, 1, 1, "[2] [2m] [3] [3m] 4 "},
        {"kill after_event 1", "kill after_event 2 moved", 1, 1, "[1] [1m] [2] "},
        {"kill after_request 2 again 1", NULL, 1, 1, "[2/1] [2/2] 2/3 [3/1] [3/2] 3/3 4/1 "},
        {"kill after_request 1 again 1", NULL, 2, 2, "[1/1] 1/3 [3/1] 3/3 5/1 "},
        {"kill after_request 1 again 1", "kill after_request 2 again 2", 1, 1,
         "[1/1] [1/2] 1/3 [2/1] "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct scn_stretch stretch = {
            .first = parse(rows[i].first),
            .end = rows[i].end != NULL ? parse(rows[i].end) : (struct scn_point){0},
            .stride = rows[i].stride,
            .again_stride = rows[i].again_stride,
        };

        COG_CLEANUP(cog_string_finish) char *points = walk(&stretch, 3, 2);

        cr_assert(points != NULL);
        EXPECT_STR(points, rows[i].points);
    }
}

Test(stretch, next_ends_where_no_run_comes)
{
    const struct scn_stretch stretch = {.first = parse("memory 1"), .stride = SCN_POINTS_MAX};
    struct scn_point point = stretch.first;

    cr_expect(!scn_stretch_next(&stretch, true, &point), "it went on to %d", point.at);
}
