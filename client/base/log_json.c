#include <cogpromote/log.h>

#include <cogbase/quote.h>

#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <assert.h>
#include <string.h>

static bool is_reserved(const char *key)
{
    return strcmp(key, "time") == 0 || strcmp(key, "level") == 0 || strcmp(key, "event") == 0;
}

static void append_member(struct cog_text *line, const char *key, const char *value)
{
    cog_text_append(line, ",");
    cog_quote_append(line, key);
    cog_text_append(line, ":");
    cog_quote_append(line, value);
}

static void write_line(void *context, const struct cog_log_event *event)
{
    const struct cog_log_json *log = context;
    if (event->level < log->level_min) {
        return;
    }
    char stamp[COG_STAMP_RFC3339_SIZE];
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append(&line, "{\"time\":");
    cog_quote_append(&line, cog_stamp_format_rfc3339(cog_clock_unix_ms(log->clock), stamp));
    append_member(&line, "level", cog_log_level_name(event->level));
    append_member(&line, "event", event->name);
    for (size_t i = 0; i < event->field_count; i++) {
        const bool is_taken = is_reserved(event->fields[i].key);
        assert(!is_taken);
        if (!is_taken) {
            append_member(&line, event->fields[i].key, event->fields[i].value);
        }
    }
    cog_text_append(&line, "}\n");
    /* Nobody to tell when this fails: the log is where one would be told. */
    if (!line.failed) {
        (void)fwrite(line.bytes, 1, line.length, log->stream);
        (void)fflush(log->stream);
    }
}

struct cog_log cog_log_json(struct cog_log_json *log)
{
    static const struct cog_log_ops ops = {.write = write_line};
    return (struct cog_log){.ops = &ops, .context = log};
}
