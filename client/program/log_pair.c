#include "log_pair.h"

static void pair_write(void *context, const struct cog_log_event *event)
{
    const struct cog_log_pair *pair = context;
    cog_log_write(pair->first, event->level, event->name, event->fields, event->field_count);
    cog_log_write(pair->second, event->level, event->name, event->fields, event->field_count);
}

struct cog_log cog_log_pair(struct cog_log_pair *pair)
{
    static const struct cog_log_ops OPS = {.write = pair_write};
    return (struct cog_log){.ops = &OPS, .context = pair};
}
