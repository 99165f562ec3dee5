/** The platform's v1 deployment API: the first implementation of `struct cog_platform_ops`. */
#ifndef V1_V1_H
#define V1_V1_H

#include "../token.h"

#include <cogpromote/log.h>
#include <cogpromote/platform.h>
#include <cogpromote/transport.h>

/** Everything is borrowed and must outlive the platform. Visible so that it can live on a stack. */
struct cog_v1 {
    struct cog_transport transport; /**< retry -> auth -> record -> wire. */
    struct cog_token_manager *tokens;
    struct cog_clock clock;
    struct cog_log log;
    const char *api_base; /**< Without a trailing slash. */
    int64_t request_timeout_ms;
};

struct cog_platform cog_v1_platform(struct cog_v1 *v1);

#endif
