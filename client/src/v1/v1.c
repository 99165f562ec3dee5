#include "v1.h"

#include "calls.h"

struct cog_platform cog_v1_platform(struct cog_v1 *v1)
{
    static const struct cog_platform_ops ops = {
        .authenticate = cog_v1_authenticate,
        .count_sessions = cog_v1_count_sessions,
        .check_health = cog_v1_check_health,
        .simulate = cog_v1_simulate,
        .measure = cog_v1_measure,
        .describe = cog_v1_describe,
        .list_deployments = cog_v1_list_deployments,
        .promote = cog_v1_promote,
        .preview = cog_v1_preview,
        .poll = cog_v1_poll,
        .roll_back = cog_v1_roll_back,
        .cancel = cog_v1_cancel,
    };
    return (struct cog_platform){&ops, v1};
}
