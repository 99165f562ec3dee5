#include "torture/stretch.h"

#include <cogbase/text.h>

/* Another place for the first thing that happens. */
static struct scn_point step_on(const struct scn_stretch *stretch, const struct scn_point *point)
{
    return (struct scn_point){
        .series = point->series,
        .at = point->at + stretch->stride,
        .again = point->again > 0 ? 1 : 0,
    };
}

/* @return false where the run is over */
static bool choose_next(const struct scn_stretch *stretch, bool was_reached,
                        struct scn_point *inout_point)
{
    const struct scn_point point = *inout_point;
    if (point.again > 0 && was_reached) {
        inout_point->again += stretch->again_stride;
        return true;
    }
    if (!was_reached && point.again <= 1) {
        return false;
    }
    if (point.series->kind == SCN_TORTURE_KILLS && point.again == 0 && !point.is_moved) {
        inout_point->is_moved = true;
        return true;
    }
    *inout_point = step_on(stretch, &point);
    return true;
}

bool scn_stretch_next(const struct scn_stretch *stretch, bool was_reached,
                      struct scn_point *inout_point)
{
    if (stretch->stride == 0) {
        return false;
    }
    return choose_next(stretch, was_reached, inout_point) && inout_point->at <= SCN_POINTS_MAX &&
           inout_point->again <= SCN_POINTS_MAX && !scn_point_equals(inout_point, &stretch->end);
}

static void note(const struct scn_stretch_options *options, const struct scn_point *point)
{
    if (options->note != NULL) {
        options->note(options->note_context, point);
    }
}

/* @param is_asked_for by its name: then it is there. @return whether the run came so far */
static bool try_point(const struct scn_torment *torment, const struct scn_point *point,
                      bool is_asked_for, const struct scn_stretch_options *options,
                      struct scn_toll *toll)
{
    COG_CLEANUP(scn_ordeal_finish) struct scn_ordeal ordeal = {0};
    const bool wants_record = options->wants_record && toll->record == NULL;
    note(options, point);
    (options->try_point != NULL ? options->try_point : scn_ordeal_run)(
        torment, point, options->folder, wants_record, &ordeal);
    scn_toll_add(toll, point, &ordeal);
    if (is_asked_for && !ordeal.is_reached && ordeal.findings.count == 0) {
        scn_toll_fail(toll, point, SCN_INCONCLUSIVE, "the run did not come as far as this point");
    }
    return ordeal.is_reached;
}

void scn_stretch_run(const struct scn_stretch *stretch, const struct scn_stretch_options *options,
                     struct scn_toll *toll)
{
    COG_CLEANUP(scn_torment_finish) struct scn_torment torment = {0};
    struct scn_point point = stretch->first;
    struct cog_error error = {0};
    note(options, &point);
    if (scn_torment_init(&torment, stretch->scenario, options->seed, &error) != COG_OK) {
        char text[COG_ERROR_CAUSE_SIZE];
        scn_toll_fail(toll, &point, SCN_INCONCLUSIVE, cog_error_text(&error, text, sizeof text));
        return;
    }
    while (!scn_point_equals(&point, &stretch->end)) {
        const bool is_reached = try_point(&torment, &point, stretch->stride == 0, options, toll);
        if (!scn_stretch_next(stretch, is_reached, &point)) {
            return;
        }
    }
}
