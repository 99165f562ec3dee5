#include "drill/tabletop/wrap.h"

#include "session/clip.h"

#include <stdbool.h>
#include <string.h>

static int clamp_width(int width)
{
    if (width < SCN_WRAP_WIDTH_MIN) {
        return SCN_WRAP_WIDTH_MIN;
    }
    return width > SCN_WRAP_WIDTH_MAX ? SCN_WRAP_WIDTH_MAX : width;
}

int scn_wrap_measure(const char *string)
{
    int count = 0;
    for (const char *byte = string; *byte != '\0'; byte++) {
        count += ((unsigned char)*byte & 0xc0U) != 0x80U ? 1 : 0;
    }
    return count;
}

/* Bytes of the line that begins here: up to a blank where one is near enough. */
static int measure_line(const char *line, int length, int column_count)
{
    int fitting = scn_clip_measure(line, column_count);
    if (fitting >= length) {
        return length;
    }
    for (int end = fitting; end > 0; end--) {
        if (line[end] == ' ') {
            return end;
        }
    }
    return fitting > 0 ? fitting : length;
}

static void append_line(struct cog_text *text, const char *line, int length)
{
    while (length > 0 && line[length - 1] == ' ') {
        length--;
    }
    cog_text_append_bytes(text, line, (size_t)length);
    cog_text_append(text, "\n");
}

/* One line of the text as it was written, in as many as it takes. */
static void append_source_line(struct cog_text *text, const struct scn_paragraph *paragraph,
                               const char *line, bool is_labelled)
{
    const int width = clamp_width(paragraph->width);
    int length = (int)strlen(line);
    do {
        const int lead = is_labelled ? scn_wrap_measure(paragraph->label) : paragraph->indent;
        if (!is_labelled && length > 0) {
            cog_text_append_format(text, "%*s", lead, "");
        }
        int taken = measure_line(line, length, width > lead ? width - lead : 1);
        append_line(text, line, taken);
        taken += (int)strspn(line + taken, " ");
        line += taken;
        length -= taken;
        is_labelled = false;
    } while (length > 0);
}

static void append_shown_line(struct cog_text *text, const struct scn_paragraph *paragraph,
                              const char *line, size_t length, bool is_labelled)
{
    COG_CLEANUP(cog_string_finish) char *source = cog_string_clone(line, length);
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, source != NULL ? source : "");
    text->failed = text->failed || source == NULL || shown.failed;
    append_source_line(text, paragraph, cog_text_string(&shown), is_labelled);
}

void scn_wrap_append(struct cog_text *text, const struct scn_paragraph *paragraph,
                     const char *string)
{
    bool is_labelled = paragraph->label != NULL;
    cog_text_append(text, is_labelled ? paragraph->label : "");
    for (const char *line = string;; is_labelled = false) {
        const size_t length = strcspn(line, "\n");
        append_shown_line(text, paragraph, line, length, is_labelled);
        if (line[length] == '\0') {
            return;
        }
        line += length + 1;
    }
}
