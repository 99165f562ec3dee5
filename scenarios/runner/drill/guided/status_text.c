#include "drill/guided/status_text.h"

#include <cogbase/duration.h>

#include <stdio.h>
#include <string.h>

enum { SECOND_MS = 1000 };

static const char *describe_target(const struct scn_conductor_status *status)
{
    if (status->target_before[0] == '\0') {
        return "not known";
    }
    return strcmp(status->target_before, status->target_now) == 0 ? "as before" : "not as before";
}

void scn_status_text_format(const struct scn_conductor_status *status, char *buffer, size_t size)
{
    char now[COG_DURATION_TEXT_SIZE];
    char left[COG_DURATION_TEXT_SIZE];
    (void)snprintf(
        buffer, size,
        "%s since the start, %s left; job %s%s%s; the target's content: %s; hints taken: "
        "%zu%s%s",
        cog_duration_format(status->now_ms / SECOND_MS * SECOND_MS, now),
        cog_duration_format(status->left_ms / SECOND_MS * SECOND_MS, left),
        status->job_id[0] != '\0' ? status->job_id : "none yet",
        status->job_status[0] != '\0' ? " " : "", status->job_status, describe_target(status),
        status->hints_taken, status->notice[0] != '\0' ? "; " : "", status->notice);
}
