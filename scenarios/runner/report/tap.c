#include "report/tap.h"

#include "report/ladder.h"

#include <cogbase/text.h>

#include <string.h>

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

/* A picture of the run: its first column is the block's own. */
static void write_ladder(FILE *stream, const char *record)
{
    COG_CLEANUP(cog_string_finish) char *ladder = scn_ladder_format_text(record);
    (void)fputs("  ladder: |2\n", stream);
    for (const char *line = ladder != NULL ? ladder : "(out of memory)"; *line != '\0';) {
        line += write_line(stream, line);
    }
}

static void write_block(FILE *stream, const struct scn_entry *entry)
{
    (void)fputs("  ---\n", stream);
    write_field(stream, "file", entry->file);
    write_field(stream, "verdict", scn_result_name(entry->verdict));
    write_findings(stream, entry->findings);
    if (entry->record != NULL) {
        write_ladder(stream, entry->record);
    }
    (void)fputs("  replay: |\n", stream);
    (void)write_line(stream, entry->replay);
    (void)fputs("  ...\n", stream);
}

void scn_tap_write_skip(FILE *stream, size_t number, const char *name, const char *reason)
{
    (void)fprintf(stream, "ok %zu - ", number);
    write_description(stream, name);
    (void)fputs(" # SKIP not run: ", stream);
    write_description(stream, reason);
    (void)fputc('\n', stream);
}

void scn_tap_write_entry(FILE *stream, const struct scn_entry *entry)
{
    if (entry->skip_reason != NULL) {
        scn_tap_write_skip(stream, entry->number, entry->name, entry->skip_reason);
        return;
    }
    (void)fprintf(stream, "%s %zu - ", entry->verdict == SCN_PASS ? "ok" : "not ok", entry->number);
    write_description(stream, entry->name);
    if (entry->verdict == SCN_INCONCLUSIVE) {
        (void)fputs(" # inconclusive: ", stream);
        write_description(stream, scn_entry_cause(entry));
    }
    (void)fputc('\n', stream);
    if (entry->verdict != SCN_PASS) {
        write_block(stream, entry);
    }
}
