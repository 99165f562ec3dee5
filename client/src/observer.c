#include "observer.h"

static void write_to_both(void *context, const struct cog_log_event *event)
{
    const struct cog_observer *observer = context;
    cog_log_write(observer->log, event->level, event->name, event->fields, event->field_count);
    cog_log_write(observer->observer, event->level, event->name, event->fields, event->field_count);
}

struct cog_log cog_observer_log(struct cog_observer *observer)
{
    static const struct cog_log_ops ops = {.write = write_to_both};
    return (struct cog_log){.ops = &ops, .context = observer};
}
