#include "recorded_log.h"

#include <criterion/criterion.h>
#include <string.h>

static void append(struct recorded_log *log, const char *part)
{
    const size_t length = strlen(log->text);
    cr_assert(length + strlen(part) < sizeof log->text, "the recorded log is full");
    memcpy(log->text + length, part, strlen(part) + 1);
}

static void record(void *context, const struct cog_log_event *event)
{
    struct recorded_log *log = context;
    append(log, event->name);
    for (size_t i = 0; i < event->field_count; i++) {
        if (event->fields[i].value != NULL) {
            append(log, " ");
            append(log, event->fields[i].key);
            append(log, "=");
            append(log, event->fields[i].value);
        }
    }
    append(log, "\n");
}

struct cog_log recorded_log(struct recorded_log *log)
{
    static const struct cog_log_ops ops = {.write = record};
    return (struct cog_log){&ops, log};
}
