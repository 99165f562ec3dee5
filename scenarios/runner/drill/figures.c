#include "drill/figures.h"

#include "drill/timeline.h"

#include <stddef.h>

static const char *const names[SCN_FIGURE_COUNT + 1] = {
    [SCN_FIGURE_DETECT] = "detect",     [SCN_FIGURE_DECIDE] = "decide",
    [SCN_FIGURE_MITIGATE] = "mitigate", [SCN_FIGURE_RECOVER] = "recover",
    [SCN_FIGURE_EXPOSURE] = "exposure", [SCN_FIGURE_STEPS] = "steps",
    [SCN_FIGURE_COUNT] = NULL,
};

/* The milestones between which a duration lies. */
static const struct {
    enum scn_figure_id figure;
    enum scn_milestone_id from;
    enum scn_milestone_id to;
} spans[] = {
    {SCN_FIGURE_DETECT, SCN_MILESTONE_APPLIED, SCN_MILESTONE_RECOGNISED},
    {SCN_FIGURE_DECIDE, SCN_MILESTONE_RECOGNISED, SCN_MILESTONE_SENT},
    {SCN_FIGURE_MITIGATE, SCN_MILESTONE_APPLIED, SCN_MILESTONE_ENDED},
    {SCN_FIGURE_RECOVER, SCN_MILESTONE_APPLIED, SCN_MILESTONE_VERIFIED},
};

const char *const *scn_figure_names(void)
{
    return names;
}

const char *scn_figure_text(enum scn_figure_id id)
{
    switch (id) {
    case SCN_FIGURE_DETECT:
        return "time to detect";
    case SCN_FIGURE_DECIDE:
        return "time to decide";
    case SCN_FIGURE_MITIGATE:
        return "time to mitigate";
    case SCN_FIGURE_RECOVER:
        return "time to recover";
    case SCN_FIGURE_EXPOSURE:
        return "exposure to mixed content";
    case SCN_FIGURE_STEPS:
        return "manual steps";
    }
    return "";
}

bool scn_figure_is_duration(enum scn_figure_id id)
{
    return id != SCN_FIGURE_STEPS;
}

static int64_t subtract(int64_t to_ms, int64_t from_ms)
{
    return to_ms >= 0 && from_ms >= 0 ? to_ms - from_ms : -1;
}

/* Of a rollback that was tried, its end is the answer, good or bad. */
static bool is_left_alone(const struct scn_timeline *timeline)
{
    const struct scn_milestone *sent = &timeline->milestones[SCN_MILESTONE_SENT];
    return timeline->is_mixed_yet && sent->server_ms < 0 && sent->client_ms < 0;
}

static int64_t count_steps(const struct scn_evidence *evidence, int64_t applied_ms)
{
    int64_t count = 0;
    if (!evidence->is_guided || applied_ms < 0) {
        return -1;
    }
    for (size_t i = 0; i < evidence->typed_count; i++) {
        count += evidence->typed[i].at_ms >= applied_ms ? 1 : 0;
    }
    return count;
}

void scn_figures_read(const struct scn_evidence *evidence, const struct scn_timeline *timeline,
                      struct scn_figures *out_figures)
{
    const struct scn_milestone *milestones = timeline->milestones;
    const int64_t applied_ms = milestones[SCN_MILESTONE_APPLIED].server_ms;
    struct scn_figures figures = {0};
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        const struct scn_milestone *from = &milestones[spans[i].from];
        const struct scn_milestone *to = &milestones[spans[i].to];
        /* Only the server knows when the fault was applied. */
        const bool is_from_fault = spans[i].from == SCN_MILESTONE_APPLIED;
        figures.items[spans[i].figure] = (struct scn_figure){
            .server = subtract(to->server_ms, from->server_ms),
            .client = subtract(to->client_ms, is_from_fault ? from->server_ms : from->client_ms),
        };
    }
    if (is_left_alone(timeline)) {
        figures.items[SCN_FIGURE_MITIGATE] = (struct scn_figure){.server = -1, .client = -1};
        figures.items[SCN_FIGURE_RECOVER] = (struct scn_figure){.server = -1, .client = -1};
    }
    figures.items[SCN_FIGURE_EXPOSURE] = (struct scn_figure){
        .server = timeline->mixed_ms,
        .client = -1,
        .is_open = timeline->is_mixed_yet,
    };
    figures.items[SCN_FIGURE_STEPS] = (struct scn_figure){
        .server = count_steps(evidence, applied_ms),
        .client = -1,
    };
    *out_figures = figures;
}
