#include <cogpromote/log.h>

#include <cogbase/number.h>
#include <cogbase/quote.h>
#include <cogbase/text.h>

#include <string.h>

static void append_field(struct cog_text *line, const struct cog_log_field *field)
{
    cog_text_append_bytes(line, " ", 1);
    cog_text_append(line, field->key);
    cog_text_append_bytes(line, "=", 1);
    if (cog_quote_is_needed(field->value)) {
        cog_quote_append(line, field->value);
    } else {
        cog_text_append(line, field->value);
    }
}

/* Each line of a log has one: no place for formats. */
static void append_elapsed(struct cog_text *line, int64_t elapsed_ms)
{
    static const char padding[] = "   ";
    char whole[COG_INTEGER_SIZE];
    char thousandths[COG_INTEGER_SIZE];
    const char *seconds = cog_integer_format(elapsed_ms / 1000, whole);
    const size_t length = strlen(seconds);
    cog_text_append_bytes(line, padding, length < sizeof padding ? sizeof padding - length : 0);
    cog_text_append_bytes(line, seconds, length);
    /* With a digit in front that keeps the zeroes, where the point goes. */
    const char *rest = cog_integer_format(1000 + elapsed_ms % 1000, thousandths);
    cog_text_append_bytes(line, ".", 1);
    cog_text_append(line, rest + 1);
    cog_text_append_bytes(line, "s ", 2);
}

static void append_line(struct cog_text *text, const struct cog_log_event *event,
                        int64_t elapsed_ms)
{
    append_elapsed(text, elapsed_ms);
    cog_text_append(text, cog_log_level_name(event->level));
    cog_text_append_bytes(text, " ", 1);
    cog_text_append(text, event->name);
    for (size_t i = 0; i < event->field_count; i++) {
        append_field(text, &event->fields[i]);
    }
    cog_text_append_bytes(text, "\n", 1);
}

static void write_line(void *context, const struct cog_log_event *event)
{
    const struct cog_log_text *log = context;
    if (event->level < log->level_min) {
        return;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    append_line(&line, event, cog_clock_monotonic_ms(log->clock) - log->start_ms);
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
