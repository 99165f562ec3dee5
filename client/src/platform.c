#include <cogpromote/platform.h>

#include <cogbase/text.h>

static const char *const STATUS_NAMES[] = {
    [COG_JOB_PENDING] = "pending",
    [COG_JOB_RUNNING] = "running",
    [COG_JOB_COMPLETED] = "completed",
    [COG_JOB_FAILED] = "failed",
    [COG_JOB_ROLLING_BACK] = "rolling_back",
    [COG_JOB_ROLLED_BACK] = "rolled_back",
    [COG_JOB_ROLLBACK_FAILED] = "rollback_failed",
    [COG_JOB_OTHER] = "other",
};

const char *cog_job_status_name(enum cog_job_status status)
{
    return STATUS_NAMES[status];
}

enum cog_job_status cog_job_status_parse(const char *word)
{
    for (enum cog_job_status status = COG_JOB_PENDING; status < COG_JOB_OTHER; status++) {
        if (cog_string_equals_ignoring_case(word, STATUS_NAMES[status])) {
            return status;
        }
    }
    return COG_JOB_OTHER;
}
