#include "session/paragraph.h"

#include "session/clip.h"

#include <string.h>

static const char *choose_front(const struct scn_paragraph *paragraph, bool is_first)
{
    return is_first && paragraph->first != NULL ? paragraph->first : paragraph->rest;
}

/* How much of it goes into a line: up to a space, where there is one. */
static int measure(const char *words, int width)
{
    const int whole_length = scn_clip_measure(words, width);
    int length = whole_length;
    while (words[length] != '\0' && length > 0 && words[length] != ' ') {
        length--;
    }
    return length > 0 ? length : whole_length;
}

void scn_paragraph_append(const struct scn_paragraph *paragraph, const char *words,
                          struct cog_text *text)
{
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, words);
    const char *rest = cog_text_string(&shown);
    for (bool is_first = true; *rest != '\0'; is_first = false) {
        const char *front = choose_front(paragraph, is_first);
        const int length = measure(rest, paragraph->width - (int)strlen(front));
        cog_text_append_format(text, "%s%.*s\n", front, length, rest);
        rest += length;
        rest += strspn(rest, " ");
    }
    text->failed = text->failed || shown.failed;
}

void scn_paragraph_append_line(const struct scn_paragraph *paragraph, const char *words,
                               struct cog_text *text)
{
    COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
    cog_text_append_shown(&shown, words);
    const char *front = choose_front(paragraph, true);
    const int length =
        scn_clip_measure(cog_text_string(&shown), paragraph->width - (int)strlen(front));
    cog_text_append_format(text, "%s%.*s\n", front, length, cog_text_string(&shown));
    text->failed = text->failed || shown.failed;
}
