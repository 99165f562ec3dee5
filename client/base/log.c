#include <cogpromote/log.h>

#include <assert.h>

enum { FIELDS_MAX = 32 };

const char *cog_log_level_name(enum cog_log_level level)
{
    switch (level) {
    case COG_LOG_DEBUG:
        return "debug";
    case COG_LOG_INFO:
        return "info";
    case COG_LOG_WARNING:
        return "warning";
    case COG_LOG_ERROR:
        return "error";
    }
    return "unknown";
}

void cog_log_write(struct cog_log log, enum cog_log_level level, const char *name,
                   const struct cog_log_field *fields, size_t field_count)
{
    assert(name != NULL);
    assert(field_count <= FIELDS_MAX);
    if (log.ops == NULL) {
        return;
    }
    struct cog_log_field present[FIELDS_MAX];
    size_t present_count = 0;
    for (size_t i = 0; i < field_count && present_count < FIELDS_MAX; i++) {
        if (fields[i].value != NULL) {
            present[present_count++] = fields[i];
        }
    }
    const struct cog_log_event event = {
        .level = level,
        .name = name,
        .fields = present,
        .field_count = present_count,
    };
    log.ops->write(log.context, &event);
}
