/** What the screen of a guided drill shows, line by line, for whatever paints it. */
#ifndef SCN_SCREEN_LAYOUT_H
#define SCN_SCREEN_LAYOUT_H

#include "drill/guided/conductor.h"

#include <cogbase/text.h>

enum {
    SCN_SCREEN_COLUMNS_MIN = 60,
    SCN_SCREEN_ROWS_MIN = 8,
    SCN_SCREEN_ROWS_MAX = 64,
    SCN_SCREEN_COLUMNS_MAX = 200,
    SCN_SCREEN_SPANS_MAX = 512,
};

/** What a piece of a line means; no tone tells anything that the words do not. */
enum scn_tone {
    SCN_TONE_PLAIN,
    SCN_TONE_STRONG,
    SCN_TONE_FAINT,
    SCN_TONE_GOOD,
    SCN_TONE_BAD,
    SCN_TONE_WARNING,
    SCN_TONE_BAR, /**< The line is a bar over the whole width. */
};

/** What the person was asked, and has not answered yet. */
enum scn_screen_question {
    SCN_SCREEN_NO_QUESTION,
    SCN_SCREEN_ASKS_DONE,
    SCN_SCREEN_ASKS_ABORT,
};

/** Everything is borrowed. */
struct scn_screen_view {
    const struct scn_conductor_status *status;
    const char *title;       /**< The drill's name, or what stands for it while it is a secret. */
    const char *environment; /**< The file for another terminal's shell; NULL: it is beside us. */
    enum scn_screen_question question;
    bool shows_help;
    bool is_ascii; /**< The terminal knows no other characters. */
    int columns;
    int rows;
};

struct scn_screen_span {
    int row;
    enum scn_tone tone;
    size_t start; /**< In `text`. */
    size_t length;
};

/** The spans of a row stand behind each other. `{0}` is empty and safe to finish. */
struct scn_screen_layout {
    struct cog_text text;
    struct scn_screen_span spans[SCN_SCREEN_SPANS_MAX];
    size_t span_count;
};

/**
 * Fits any size: what matters least is left out first. Where that is too small for anything, it
 * says which size is needed.
 */
void scn_screen_layout_make(const struct scn_screen_view *view,
                            struct scn_screen_layout *out_layout);

void scn_screen_layout_finish(struct scn_screen_layout *layout);

/** A time as a clock shows it: "2:05", "1:02:05". */
void scn_screen_clock_append(struct cog_text *text, int64_t time_ms);

#endif
