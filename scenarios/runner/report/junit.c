#include "report/junit.h"

#include "report/ladder.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

enum {
    NUMBER_SIZE = 24,
    FOLDER_SIZE = 4096,
};

/* Forms that are too long, surrogates, U+FFFE, U+FFFF, and what lies behind the last character. */
static bool is_no_character(const unsigned char *text)
{
    return (text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xed && text[1] > 0x9f) ||
           (text[0] == 0xf0 && text[1] < 0x90) || (text[0] == 0xf4 && text[1] > 0x8f) ||
           (text[0] == 0xef && text[1] == 0xbf && text[2] >= 0xbe);
}

/* How many bytes the UTF-8 character at `text` has; 0 for what XML cannot hold. */
static size_t measure_character(const unsigned char *text)
{
    const unsigned char first = text[0];
    if (first < 0x80) {
        return first >= ' ' || first == '\n' || first == '\t' ? 1 : 0;
    }
    size_t length = 0;
    if (first >= 0xc2 && first <= 0xdf) {
        length = 2;
    } else if (first >= 0xe0 && first <= 0xef) {
        length = 3;
    } else if (first >= 0xf0 && first <= 0xf4) {
        length = 4;
    }
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0U) != 0x80U) {
            return 0;
        }
    }
    return length > 0 && is_no_character(text) ? 0 : length;
}

static const char *find_entity(char letter)
{
    switch (letter) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    default:
        return NULL;
    }
}

/* @param keeps_lines a line feed stays one, which in an attribute it would not */
static void write_characters(FILE *stream, const char *text, bool keeps_lines)
{
    while (*text != '\0') {
        const char *entity = keeps_lines && *text == '\n' ? NULL : find_entity(*text);
        const size_t length = measure_character((const unsigned char *)text);
        if (entity != NULL) {
            (void)fputs(entity, stream);
        } else if (length == 0) {
            (void)fputc('?', stream);
        } else {
            (void)fwrite(text, 1, length, stream);
        }
        text += length > 0 ? length : 1;
    }
}

static void write_escaped(FILE *stream, const char *text)
{
    write_characters(stream, text, false);
}

static void write_text(FILE *stream, const char *text)
{
    write_characters(stream, text, true);
}

static void write_attribute(FILE *stream, const char *name, const char *value)
{
    (void)fprintf(stream, " %s=\"", name);
    write_escaped(stream, value);
    (void)fputc('"', stream);
}

static void write_time(FILE *stream, int64_t real_ms)
{
    (void)fprintf(stream, " time=\"%" PRId64 ".%03" PRId64 "\"", real_ms / 1000, real_ms % 1000);
}

static void write_problem(FILE *stream, const struct scn_entry *entry)
{
    const char *element = entry->verdict == SCN_FAIL ? "failure" : "error";
    (void)fprintf(stream, "      <%s", element);
    write_attribute(stream, "message", scn_entry_cause(entry));
    write_attribute(stream, "type", scn_result_name(entry->verdict));
    (void)fputs(">", stream);
    for (size_t i = 0; i < entry->findings->count; i++) {
        write_escaped(stream, entry->findings->items[i].subject);
        write_escaped(stream, ": ");
        write_escaped(stream, entry->findings->items[i].text);
        write_escaped(stream, "\n");
    }
    (void)fprintf(stream, "</%s>\n", element);
}

/* What CI systems show when somebody opens the failure. */
static void write_ladder(FILE *stream, const struct scn_entry *entry)
{
    COG_CLEANUP(cog_string_finish)
    char *ladder = entry->record != NULL ? scn_ladder_format_text(entry->record) : NULL;
    (void)fputs("      <system-out>", stream);
    write_text(stream, ladder != NULL ? ladder : "");
    write_text(stream, "\nreplay: ");
    write_text(stream, entry->replay);
    (void)fputs("\n</system-out>\n", stream);
}

static void write_skip(FILE *stream, const struct scn_entry *entry)
{
    (void)fputs(">\n      <skipped", stream);
    write_attribute(stream, "message", entry->skip_reason);
    (void)fputs("/>\n    </testcase>\n", stream);
}

static void write_case(FILE *stream, const struct scn_entry *entry)
{
    (void)fputs("    <testcase", stream);
    write_attribute(stream, "name", entry->name);
    write_attribute(stream, "classname", entry->file);
    write_time(stream, entry->time_ms);
    if (entry->skip_reason != NULL) {
        write_skip(stream, entry);
        return;
    }
    if (entry->verdict == SCN_PASS) {
        (void)fputs("/>\n", stream);
        return;
    }
    (void)fputs(">\n", stream);
    write_problem(stream, entry);
    write_ladder(stream, entry);
    (void)fputs("    </testcase>\n", stream);
}

/* The folder that a file is in; "." for none. */
static size_t measure_folder(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash != NULL ? (size_t)(slash - file) : 0;
}

static bool is_same_folder(const struct scn_entry *left, const struct scn_entry *right)
{
    const size_t length = measure_folder(left->file);
    return length == measure_folder(right->file) && strncmp(left->file, right->file, length) == 0;
}

/* The entries of one folder, which need not stand together: a folder lies between its files. */
struct folder {
    const struct scn_entry *entries; /* The first one is of this folder. */
    size_t count;
};

struct totals {
    size_t count;
    size_t failure_count;
    size_t error_count;
    size_t skipped_count;
    int64_t time_ms;
};

static void add(struct totals *totals, const struct scn_entry *entry)
{
    totals->count++;
    totals->skipped_count += entry->skip_reason != NULL ? 1 : 0;
    totals->failure_count += entry->verdict == SCN_FAIL ? 1 : 0;
    totals->error_count += entry->verdict == SCN_INCONCLUSIVE ? 1 : 0;
    totals->time_ms += entry->time_ms;
}

static void write_totals(FILE *stream, const struct totals *totals)
{
    (void)fprintf(stream, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"",
                  totals->count, totals->failure_count, totals->error_count, totals->skipped_count);
    write_time(stream, totals->time_ms);
    (void)fputs(">\n", stream);
}

static void write_property(FILE *stream, const char *name, const char *value)
{
    (void)fputs("      <property", stream);
    write_attribute(stream, "name", name);
    write_attribute(stream, "value", value);
    (void)fputs("/>\n", stream);
}

static void write_properties(FILE *stream, const struct scn_junit_origin *origin)
{
    char seed[NUMBER_SIZE];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, origin->seed);
    (void)fputs("    <properties>\n", stream);
    write_property(stream, "seed", seed);
    write_property(stream, "version", origin->tool_version);
    (void)fputs("    </properties>\n", stream);
}

static void write_folder(FILE *stream, const struct scn_junit_origin *origin,
                         const struct folder *folder)
{
    struct totals totals = {0};
    const struct scn_entry *first = folder->entries;
    char name[FOLDER_SIZE];
    const size_t length = measure_folder(first->file);
    (void)snprintf(name, sizeof name, "%.*s", (int)length, first->file);
    for (size_t i = 0; i < folder->count; i++) {
        if (is_same_folder(first, &first[i])) {
            add(&totals, &first[i]);
        }
    }
    (void)fputs("  <testsuite", stream);
    write_attribute(stream, "name", length > 0 ? name : ".");
    write_totals(stream, &totals);
    write_properties(stream, origin);
    for (size_t i = 0; i < folder->count; i++) {
        if (is_same_folder(first, &first[i])) {
            write_case(stream, &first[i]);
        }
    }
    (void)fputs("  </testsuite>\n", stream);
}

static bool is_folder_new(const struct scn_entry *entries, size_t index)
{
    for (size_t i = index; i-- > 0;) {
        if (is_same_folder(&entries[i], &entries[index])) {
            return false;
        }
    }
    return true;
}

void scn_junit_write(FILE *stream, const struct scn_junit_origin *origin,
                     const struct scn_entry *entries, size_t count)
{
    struct totals totals = {0};
    for (size_t i = 0; i < count; i++) {
        add(&totals, &entries[i]);
    }
    (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cogdrill\"",
                stream);
    write_totals(stream, &totals);
    for (size_t i = 0; i < count; i++) {
        if (is_folder_new(entries, i)) {
            const struct folder folder = {&entries[i], count - i};
            write_folder(stream, origin, &folder);
        }
    }
    (void)fputs("</testsuites>\n", stream);
}
