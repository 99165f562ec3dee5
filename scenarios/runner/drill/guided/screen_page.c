#include "drill/guided/screen_page.h"

#include "session/clip.h"

#include <stdarg.h>
#include <string.h>

/* One character each stays one: columns are counted before. */
static void append_ascii(struct cog_text *text, const char *string, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)string[i];
        if (byte < 0x80U) {
            cog_text_append_bytes(text, &string[i], 1);
        } else if (byte >= 0xc0U) {
            cog_text_append(text, "?");
        }
    }
}

static void add_span(struct scn_screen_page *page, enum scn_tone tone, size_t start)
{
    struct scn_screen_layout *layout = page->layout;
    if (layout->span_count < SCN_SCREEN_SPANS_MAX && layout->text.length > start) {
        layout->spans[layout->span_count++] = (struct scn_screen_span){
            .row = page->row,
            .tone = tone,
            .start = start,
            .length = layout->text.length - start,
        };
    }
}

static int count_columns(const char *string, int length)
{
    int count = 0;
    for (int i = 0; i < length; i++) {
        count += ((unsigned char)string[i] & 0xc0U) != 0x80U ? 1 : 0;
    }
    return count;
}

/* A text without anything that steers a terminal. */
static void put_shown(struct scn_screen_page *page, enum scn_tone tone, const char *string)
{
    const int room = page->columns - page->column;
    if (page->row >= page->rows || room <= 0) {
        return;
    }
    const int length = scn_clip_measure(string, room);
    const size_t start = page->layout->text.length;
    if (page->is_ascii) {
        append_ascii(&page->layout->text, string, (size_t)length);
    } else {
        cog_text_append_bytes(&page->layout->text, string, (size_t)length);
    }
    page->column += count_columns(string, length);
    add_span(page, tone, start);
}

void scn_screen_page_put(struct scn_screen_page *page, enum scn_tone tone, const char *string)
{
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, string);
    put_shown(page, tone, cog_text_string(&shown));
}

void scn_screen_page_put_format(struct scn_screen_page *page, enum scn_tone tone,
                                const char *format, ...)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    va_list list;
    va_start(list, format);
    cog_text_append_format_list(&text, format, list);
    va_end(list);
    scn_screen_page_put(page, tone, cog_text_string(&text));
}

void scn_screen_page_pad(struct scn_screen_page *page, enum scn_tone tone, int column)
{
    const int wanted = column - page->column;
    scn_screen_page_put_format(page, tone, "%*s", wanted > 1 ? wanted : 1, "");
}

void scn_screen_page_end_row(struct scn_screen_page *page)
{
    page->row++;
    page->column = 0;
}

/* Where a row ends: at a blank where there is one, and all of what fits where there is none. */
static int measure_row(const char *string, int columns)
{
    const int fitting = scn_clip_measure(string, columns);
    if (string[fitting] == '\0' || string[fitting] == ' ') {
        return fitting;
    }
    int end = fitting;
    while (end > 0 && string[end - 1] != ' ') {
        end--;
    }
    return end > 0 ? end : fitting;
}

void scn_screen_page_wrap(struct scn_screen_page *page, enum scn_tone tone, int indent,
                          int row_count_max, const char *string)
{
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, string);
    const char *rest = cog_text_string(&shown);
    const int columns = page->columns - indent;
    for (int i = 0; i < row_count_max && rest[0] != '\0' && columns > 0; i++) {
        const int length = measure_row(rest, columns);
        COG_CLEANUP(cog_string_finish) char *row = cog_string_clone(rest, (size_t)length);
        const bool is_cut = i + 1 == row_count_max && rest[length] != '\0';
        if (indent > 0) {
            scn_screen_page_put_format(page, tone, "%*s", indent, "");
        }
        put_shown(page, tone, row != NULL && !is_cut ? row : rest);
        scn_screen_page_end_row(page);
        rest += length + (int)strspn(rest + length, " ");
    }
}
