#include <cogpromote/log.h>

#include <cogbase/quote.h>

#include <cogbase/text.h>

#include <inttypes.h>

static void append_field(struct cog_text *line, const struct cog_log_field *field)
{
    cog_text_append_format(line, " %s=", field->key);
    if (cog_quote_is_needed(field->value)) {
        cog_quote_append(line, field->value);
    } else {
        cog_text_append(line, field->value);
    }
}

static void write_line(void *context, const struct cog_log_event *event)
{
    const struct cog_log_text *log = context;
    if (event->level < log->level_min) {
        return;
    }
    const int64_t elapsed_ms = cog_clock_monotonic_ms(log->clock) - log->start_ms;
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append_format(&line, "%4" PRId64 ".%03" PRId64 "s %s %s", elapsed_ms / 1000,
                           elapsed_ms % 1000, cog_log_level_name(event->level), event->name);
    for (size_t i = 0; i < event->field_count; i++) {
        append_field(&line, &event->fields[i]);
    }
    cog_text_append(&line, "\n");
    /* Nobody to tell when this fails: the log is where one would be told. */
    if (!line.failed) {
        (void)fwrite(line.bytes, 1, line.length, log->stream);
        (void)fflush(log->stream);
    }
}

struct cog_log cog_log_text(struct cog_log_text *log)
{
    static const struct cog_log_ops ops = {.write = write_line};
    return (struct cog_log){.ops = &ops, .context = log};
}
