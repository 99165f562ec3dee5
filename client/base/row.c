#include <cogbase/row.h>

#include <stdarg.h>

void cog_row_append(struct cog_text *text, int label_width, const char *label, const char *value)
{
    if (value[0] == '\0') {
        return;
    }
    cog_text_append_format(text, "  %-*s ", label_width, label);
    cog_text_append_shown(text, value);
    cog_text_append(text, "\n");
}

void cog_row_append_format(struct cog_text *text, int label_width, const char *label,
                           const char *format, ...)
{
    COG_CLEANUP(cog_text_finish) struct cog_text value = {0};
    va_list list;
    va_start(list, format);
    cog_text_append_format_list(&value, format, list);
    va_end(list);
    cog_row_append(text, label_width, label, cog_text_string(&value));
    text->failed = text->failed || value.failed;
}
