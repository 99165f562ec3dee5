#include "tap.h"

#include <string.h>

enum { TRACE_LINES_MAX = 40 };

void scn_tap_write_plan(FILE *stream, size_t count)
{
    (void)fprintf(stream, "TAP version 14\n1..%zu\n", count);
}

/* '#' begins a directive, and '\' is what takes that away from it. */
static void write_description(FILE *stream, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '#' || *text == '\\') {
            (void)fputc('\\', stream);
        }
        (void)fputc(*text, stream);
    }
}

/* Control characters would end the line, or worse. */
static int printable(char letter)
{
    const unsigned char byte = (unsigned char)letter;
    return byte < ' ' || byte == 0x7f ? ' ' : byte;
}

/* A YAML string in single quotes, on one line. */
static void write_quoted(FILE *stream, const char *text)
{
    (void)fputc('\'', stream);
    for (; *text != '\0'; text++) {
        (void)fputs(*text == '\'' ? "'" : "", stream);
        (void)fputc(printable(*text), stream);
    }
    (void)fputc('\'', stream);
}

static void write_field(FILE *stream, const char *name, const char *text)
{
    (void)fprintf(stream, "  %s: ", name);
    write_quoted(stream, text);
    (void)fputc('\n', stream);
}

/* A line of a YAML block, which needs no quotes: it can be read, and copied, as it is. */
static size_t write_line(FILE *stream, const char *text)
{
    const size_t length = strcspn(text, "\n");
    (void)fputs("    ", stream);
    for (size_t i = 0; i < length; i++) {
        (void)fputc(printable(text[i]), stream);
    }
    (void)fputc('\n', stream);
    return length + (text[length] == '\n' ? 1 : 0);
}

static void write_findings(FILE *stream, const struct scn_findings *findings)
{
    (void)fputs("  findings:\n", stream);
    for (size_t i = 0; i < findings->count; i++) {
        const struct scn_finding *finding = &findings->items[i];
        char line[sizeof finding->subject + sizeof finding->text + 2];
        (void)snprintf(line, sizeof line, "%s: %s", finding->subject, finding->text);
        (void)fputs("    - ", stream);
        write_quoted(stream, line);
        (void)fputc('\n', stream);
    }
}

/* An event of the level debug repeats what the exchange above it says. */
static bool is_detail(const char *line)
{
    const char *level = strstr(line, "   debug ");
    return level != NULL && (size_t)(level - line) < strcspn(line, "\n");
}

static void write_trace(FILE *stream, const char *trace)
{
    (void)fputs("  trace: |2\n", stream);
    for (int i = 0; *trace != '\0';) {
        if (is_detail(trace)) {
            trace += strcspn(trace, "\n");
            trace += *trace == '\n' ? 1 : 0;
            continue;
        }
        if (i++ == TRACE_LINES_MAX) {
            (void)write_line(stream, "(cut; --trace writes all of it)");
            return;
        }
        trace += write_line(stream, trace);
    }
}

static void write_block(FILE *stream, const struct scn_tap_entry *entry)
{
    const struct scn_run *run = entry->run;
    (void)fputs("  ---\n", stream);
    write_field(stream, "file", entry->file);
    write_field(stream, "verdict", scn_result_name(run->verdict));
    write_findings(stream, &run->findings);
    if (run->trace != NULL) {
        write_trace(stream, run->trace);
    }
    (void)fputs("  replay: |\n", stream);
    (void)write_line(stream, entry->replay);
    (void)fputs("  ...\n", stream);
}

void scn_tap_write_entry(FILE *stream, const struct scn_tap_entry *entry)
{
    const struct scn_run *run = entry->run;
    (void)fprintf(stream, "%s %zu - ", run->verdict == SCN_PASS ? "ok" : "not ok", entry->number);
    write_description(stream, entry->name);
    if (run->verdict == SCN_INCONCLUSIVE) {
        const struct scn_finding *finding = scn_findings_find(&run->findings, SCN_INCONCLUSIVE);
        (void)fputs(" # inconclusive: ", stream);
        write_description(stream, finding != NULL ? finding->text : "out of memory");
    }
    (void)fputc('\n', stream);
    if (run->verdict != SCN_PASS) {
        write_block(stream, entry);
    }
}
