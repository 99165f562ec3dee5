/** Versions of the platform, such as "v1.18.0". */
#ifndef MOCK_WORLD_PLATFORM_H
#define MOCK_WORLD_PLATFORM_H

#include <cogpromote/attributes.h>

#include <stdbool.h>

struct mock_platform {
    int major_number;
    int minor_number;
    int patch_number;
};

/** "v1.18.0" or "1.18.0". @return false for any other form */
bool mock_platform_parse(const char *text, struct mock_platform *out_platform) COG_CHECK;

/** Whether a bot that needs `needed` runs on `runtime`: same major number, and not an older one. */
bool mock_platform_fits(const struct mock_platform *runtime, const struct mock_platform *needed);

#endif
