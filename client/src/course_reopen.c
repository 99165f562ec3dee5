#include "course.h"

/** Which state finds out what became of a state that was left in the middle. */
static enum cog_state state_to_resume(const struct cog_course *course)
{
    enum cog_state state = course->state == COG_STATE_END ? course->last_state : course->state;
    /* What was found not to have arrived, and was about to be repeated, may be late. */
    const bool is_repeating = course->state != COG_STATE_END && course->promote_count > 0 &&
                              course->report.job_id[0] == '\0';
    if (course->promote_is_open || is_repeating) {
        return COG_STATE_SETTLE;
    }
    if (!cog_course_has_acted(course)) {
        return COG_STATE_AUTHENTICATE;
    }
    if (course->is_by_hand && state <= COG_STATE_LOCK) {
        return COG_STATE_AUTHENTICATE;
    }
    /* The promotion was accepted, and that was not followed any further. */
    if (state <= COG_STATE_PROMOTE || state == COG_STATE_SETTLE) {
        return COG_STATE_FOLLOW;
    }
    return state;
}

/** Whether the promotion had failed already: then its reason is that of the rollback, and stays. */
static bool is_rolling_back(const struct cog_course *course)
{
    switch (course->last_state) {
    case COG_STATE_INSPECT:
    case COG_STATE_STOP:
    case COG_STATE_ROLL_BACK:
    case COG_STATE_FOLLOW_ROLLBACK:
    case COG_STATE_VERIFY_RESTORED:
        return true;
    case COG_STATE_AUTHENTICATE:
    case COG_STATE_LOCK:
    case COG_STATE_DRAIN:
    case COG_STATE_CHECK:
    case COG_STATE_BASELINE:
    case COG_STATE_PROMOTE:
    case COG_STATE_FOLLOW:
    case COG_STATE_VERIFY:
    case COG_STATE_SETTLE:
    case COG_STATE_END:
        break;
    }
    return false;
}

void cog_course_reopen(struct cog_course *course)
{
    struct cog_report *report = &course->report;
    if (!cog_course_is_untold(course)) {
        cog_course_take_up(course);
        return;
    }
    course->is_closed = false;
    /* What nobody had heard of is told now: how strict to be about that is decided anew. */
    if (report->outcome == COG_OUTCOME_UNDELIVERED) {
        report->outcome = COG_OUTCOME_PROMOTED;
    }
}

void cog_course_take_up(struct cog_course *course)
{
    struct cog_report *report = &course->report;
    course->is_closed = false;
    if (course->state != COG_STATE_END && course->is_decided) {
        return;
    }
    if (course->state == COG_STATE_END) {
        course->is_decided = false;
        course->promote_refusal = COG_OK; /* Somebody wants to have it tried again. */
        report->follow_up[0] = '\0';
        report->rollback_end = COG_ROLLBACK_NONE;
    }
    if (course->state == COG_STATE_END && !is_rolling_back(course)) {
        report->reason[0] = '\0';
        report->step[0] = '\0';
    }
    course->state = state_to_resume(course);
    /* It may have been asked for although a failing disk never heard of it. */
    course->rollback_is_open = course->rollback_is_open || course->state == COG_STATE_ROLL_BACK;
    course->is_audited = false;
    report->webhook = COG_DELIVERY_NONE;
}
