#include "event_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MODE = 0600 };

static void complain(struct cog_event_file *file, const char *reason)
{
    const struct cog_log_field fields[] = {
        {.key = "file", .value = file->path},
        {.key = "reason", .value = reason},
    };
    cog_log_write(file->complaint, COG_LOG_WARNING, "events-failed", fields,
                  sizeof fields / sizeof fields[0]);
}

static void event_file_write(void *context, const struct cog_log_event *event)
{
    struct cog_event_file *file = context;
    if (file->json.stream == NULL || file->has_failed) {
        return;
    }
    errno = 0;
    cog_log_write(cog_log_json(&file->json), event->level, event->name, event->fields,
                  event->field_count);
    if (ferror(file->json.stream) != 0) {
        file->has_failed = true;
        complain(file, strerror(errno));
    }
}

enum cog_code cog_event_file_open(struct cog_event_file *file, const char *path,
                                  struct cog_clock clock, struct cog_log complaint,
                                  struct cog_error *error)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, MODE);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "a");
    if (stream == NULL) {
        int reason = errno;
        if (descriptor >= 0) {
            (void)close(descriptor);
        }
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "cannot open the events file '%s': %s",
                             path, strerror(reason));
    }
    *file = (struct cog_event_file){
        .json = {.stream = stream, .level_min = COG_LOG_DEBUG, .clock = clock},
        .path = path,
        .complaint = complaint,
    };
    return COG_OK;
}

struct cog_log cog_event_file(struct cog_event_file *file)
{
    static const struct cog_log_ops OPS = {.write = event_file_write};
    return (struct cog_log){.ops = &OPS, .context = file};
}

void cog_event_file_finish(struct cog_event_file *file)
{
    if (file->json.stream != NULL) {
        (void)fclose(file->json.stream);
    }
    *file = (struct cog_event_file){0};
}
