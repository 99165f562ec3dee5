#include "heartbeat.h"

#include <string.h>

static void heartbeat_write(void *context, const struct cog_log_event *event)
{
    struct cog_heartbeat *heartbeat = context;
    /* What is only for debugging may not be shown. */
    if (event->level >= COG_LOG_INFO) {
        heartbeat->last_ms = cog_clock_monotonic_ms(heartbeat->clock);
    }
    if (strcmp(event->name, "step") == 0 && event->field_count > 0) {
        (void)snprintf(heartbeat->step, sizeof heartbeat->step, "%s", event->fields[0].value);
    }
    cog_log_write(heartbeat->inner, event->level, event->name, event->fields, event->field_count);
}

struct cog_log cog_heartbeat(struct cog_heartbeat *heartbeat)
{
    static const struct cog_log_ops OPS = {.write = heartbeat_write};
    return (struct cog_log){.ops = &OPS, .context = heartbeat};
}

void cog_heartbeat_wake(struct cog_heartbeat *heartbeat)
{
    int64_t now_ms = cog_clock_monotonic_ms(heartbeat->clock);
    /* The next time would be too late. */
    if (now_ms - heartbeat->last_ms <= COG_HEARTBEAT_INTERVAL_MS - COG_WAKE_INTERVAL_MS) {
        return;
    }
    heartbeat->last_ms = now_ms;
    const struct cog_log_field field = {.key = "step", .value = heartbeat->step};
    cog_log_write(heartbeat->inner, COG_LOG_INFO, "waiting", &field, 1);
}
