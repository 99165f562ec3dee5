#include "junit.h"

#include <inttypes.h>
#include <string.h>

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

static void write_escaped(FILE *stream, const char *text)
{
    while (*text != '\0') {
        const char *entity = find_entity(*text);
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

static void write_problem(FILE *stream, const struct scn_run *run)
{
    const char *element = run->verdict == SCN_FAIL ? "failure" : "error";
    const struct scn_finding *finding = scn_findings_find(&run->findings, run->verdict);
    (void)fprintf(stream, "    <%s", element);
    write_attribute(stream, "message", finding != NULL ? finding->text : "out of memory");
    write_attribute(stream, "type", scn_result_name(run->verdict));
    (void)fputs(">", stream);
    for (size_t i = 0; i < run->findings.count; i++) {
        write_escaped(stream, run->findings.items[i].subject);
        write_escaped(stream, ": ");
        write_escaped(stream, run->findings.items[i].text);
        write_escaped(stream, "\n");
    }
    (void)fprintf(stream, "</%s>\n", element);
}

static void write_case(FILE *stream, const struct scn_junit_case *junit_case)
{
    (void)fputs("  <testcase", stream);
    write_attribute(stream, "name", junit_case->name);
    write_attribute(stream, "classname", junit_case->file);
    write_time(stream, junit_case->real_ms);
    if (junit_case->run->verdict == SCN_PASS) {
        (void)fputs("/>\n", stream);
        return;
    }
    (void)fputs(">\n", stream);
    write_problem(stream, junit_case->run);
    (void)fputs("  </testcase>\n", stream);
}

static size_t count_verdicts(const struct scn_junit_case *cases, size_t count,
                             enum scn_result verdict)
{
    size_t matches = 0;
    for (size_t i = 0; i < count; i++) {
        matches += cases[i].run->verdict == verdict ? 1 : 0;
    }
    return matches;
}

void scn_junit_write(FILE *stream, const struct scn_junit_case *cases, size_t count)
{
    int64_t real_ms = 0;
    for (size_t i = 0; i < count; i++) {
        real_ms += cases[i].real_ms;
    }
    (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"cogdrill\"", stream);
    (void)fprintf(stream, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\"", count,
                  count_verdicts(cases, count, SCN_FAIL),
                  count_verdicts(cases, count, SCN_INCONCLUSIVE));
    write_time(stream, real_ms);
    (void)fputs(">\n", stream);
    for (size_t i = 0; i < count; i++) {
        write_case(stream, &cases[i]);
    }
    (void)fputs("</testsuite>\n", stream);
}
