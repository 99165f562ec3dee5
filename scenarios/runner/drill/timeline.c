#include "drill/timeline.h"

#include "drill/timeline_part.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    const char *code;
    const char *text;
} words[SCN_MILESTONE_COUNT] = {
    [SCN_MILESTONE_APPLIED] = {"T0", "fault applied"},
    [SCN_MILESTONE_VISIBLE] = {"Tv", "visible at the API"},
    [SCN_MILESTONE_SEEN] = {"T1", "first seen by the client"},
    [SCN_MILESTONE_RECOGNISED] = {"T2", "taken for a failure"},
    [SCN_MILESTONE_SENT] = {"T3", "rollback sent"},
    [SCN_MILESTONE_ACCEPTED] = {"T4", "rollback accepted"},
    [SCN_MILESTONE_ENDED] = {"T5", "ended on the server"},
    [SCN_MILESTONE_VERIFIED] = {"T6", "verified"},
    [SCN_MILESTONE_NOTIFIED] = {"T7", "notified"},
};

const char *scn_milestone_code(enum scn_milestone_id id)
{
    return words[id].code;
}

const char *scn_milestone_text(enum scn_milestone_id id)
{
    return words[id].text;
}

void scn_milestone_tell_server(struct scn_milestone *milestone, int64_t at_ms, const char *format,
                               ...)
{
    va_list list;
    milestone->server_ms = at_ms;
    va_start(list, format);
    (void)vsnprintf(milestone->server_evidence, sizeof milestone->server_evidence, format, list);
    va_end(list);
}

void scn_milestone_tell_client(struct scn_milestone *milestone, int64_t at_ms, const char *format,
                               ...)
{
    va_list list;
    milestone->client_ms = at_ms;
    va_start(list, format);
    (void)vsnprintf(milestone->client_evidence, sizeof milestone->client_evidence, format, list);
    va_end(list);
}

enum cog_code scn_timeline_read(const struct scn_evidence *evidence,
                                struct scn_timeline *out_timeline, struct cog_error *error)
{
    struct scn_timeline timeline = {0};
    for (size_t i = 0; i < SCN_MILESTONE_COUNT; i++) {
        timeline.milestones[i].server_ms = -1;
        timeline.milestones[i].client_ms = -1;
    }
    scn_timeline_read_server(evidence, timeline.milestones);
    const enum cog_code code = scn_timeline_read_client(evidence, timeline.milestones, error);
    if (code != COG_OK) {
        return code;
    }
    scn_timeline_measure_exposure(evidence->facts, &timeline);
    *out_timeline = timeline;
    return COG_OK;
}
