/* What a rehearsal is measured by: between two milestones that came, and nothing else. */
#include "drill/figures.h"

#include "drill/timeline.h"
#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(figures, .timeout = 5.0);

/* T0 at 10 s, and each later one 10 s behind the one before; the client is a second late. */
static void init(struct scn_timeline *timeline)
{
    *timeline = (struct scn_timeline){.mixed_ms = 7000};
    for (int i = 0; i < SCN_MILESTONE_COUNT; i++) {
        timeline->milestones[i].server_ms = 10000 + 10000 * i;
        timeline->milestones[i].client_ms = 11000 + 10000 * i;
    }
    timeline->milestones[SCN_MILESTONE_APPLIED].client_ms = -1;
}

static struct scn_figure read(const struct scn_timeline *timeline, enum scn_figure_id id)
{
    const struct scn_evidence evidence = {0};
    struct scn_figures figures = {0};
    scn_figures_read(&evidence, timeline, &figures);
    return figures.items[id];
}

Test(figures, each_lies_between_its_two_milestones)
{
    static const struct {
        enum scn_figure_id id;
        int64_t server;
        int64_t client;
    } rows[] = {
        {SCN_FIGURE_DETECT, 30000, 31000},   {SCN_FIGURE_DECIDE, 10000, 10000},
        {SCN_FIGURE_MITIGATE, 60000, 61000}, {SCN_FIGURE_RECOVER, 70000, 71000},
        {SCN_FIGURE_EXPOSURE, 7000, -1},     {SCN_FIGURE_STEPS, -1, -1},
    };
    struct scn_timeline timeline;
    init(&timeline);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct scn_figure figure = read(&timeline, rows[i].id);
        cr_expect(figure.server == rows[i].server, "%s", scn_figure_names()[rows[i].id]);
        cr_expect(figure.client == rows[i].client, "%s", scn_figure_names()[rows[i].id]);
    }
}

Test(figures, what_never_came_is_not_nothing)
{
    struct scn_timeline timeline;
    init(&timeline);
    timeline.milestones[SCN_MILESTONE_VERIFIED].server_ms = -1;

    const struct scn_figure recover = read(&timeline, SCN_FIGURE_RECOVER);

    EXPECT_INT(recover.server, -1);
    EXPECT_INT(recover.client, 71000);
}

Test(figures, nobody_mitigated_what_was_left_mixed)
{
    struct scn_timeline timeline;
    init(&timeline);
    timeline.is_mixed_yet = true;
    timeline.milestones[SCN_MILESTONE_SENT].server_ms = -1;
    timeline.milestones[SCN_MILESTONE_SENT].client_ms = -1;

    EXPECT_INT(read(&timeline, SCN_FIGURE_MITIGATE).server, -1);
    EXPECT_INT(read(&timeline, SCN_FIGURE_RECOVER).server, -1);
    EXPECT_INT(read(&timeline, SCN_FIGURE_RECOVER).client, -1);
}

Test(figures, a_rollback_that_was_tried_has_its_end_also_of_a_mixed_target)
{
    struct scn_timeline timeline;
    init(&timeline);
    timeline.is_mixed_yet = true;

    EXPECT_INT(read(&timeline, SCN_FIGURE_RECOVER).server, 70000);
}

Test(figures, an_exposure_that_had_not_ended_is_open)
{
    struct scn_timeline timeline;
    init(&timeline);
    timeline.is_mixed_yet = true;

    cr_expect(read(&timeline, SCN_FIGURE_EXPOSURE).is_open);
}

Test(figures, without_a_fault_there_is_no_time_since_it)
{
    struct scn_timeline timeline;
    init(&timeline);
    timeline.milestones[SCN_MILESTONE_APPLIED].server_ms = -1;

    const struct scn_figure detect = read(&timeline, SCN_FIGURE_DETECT);

    EXPECT_INT(detect.server, -1);
    EXPECT_INT(detect.client, -1);
}

Test(figures, a_clock_that_was_set_back_shows)
{
    struct scn_timeline timeline;
    init(&timeline);
    timeline.milestones[SCN_MILESTONE_RECOGNISED].client_ms = 4000;

    EXPECT_INT(read(&timeline, SCN_FIGURE_DETECT).client, -6000);
}

Test(figures, steps_are_what_was_typed_since_the_fault)
{
    const struct scn_typed typed[] = {{.at_ms = 500}, {.at_ms = 10000}, {.at_ms = 20000}};
    const struct scn_evidence evidence = {.is_guided = true, .typed = typed, .typed_count = 3};
    struct scn_timeline timeline;
    struct scn_figures figures = {0};
    init(&timeline);

    scn_figures_read(&evidence, &timeline, &figures);

    EXPECT_INT(figures.items[SCN_FIGURE_STEPS].server, 2);
}

Test(figures, names_end_with_null)
{
    EXPECT_STR(scn_figure_names()[SCN_FIGURE_STEPS], "steps");
    cr_expect(scn_figure_names()[SCN_FIGURE_COUNT] == NULL);
}
