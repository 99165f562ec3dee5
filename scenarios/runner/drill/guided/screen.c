#include "drill/guided/screen.h"

#include "drill/guided/terminal_kind.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scn_screen {
    SCREEN *terminal;
    bool has_color;
    bool is_ascii;
};

bool scn_screen_knows_utf8(void)
{
    (void)setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void begin_colors(struct scn_screen *screen)
{
    screen->has_color = screen->has_color && has_colors() && start_color() == OK;
    if (!screen->has_color) {
        return;
    }
    (void)use_default_colors();
    (void)init_pair(SCN_TONE_GOOD, COLOR_GREEN, -1);
    (void)init_pair(SCN_TONE_BAD, COLOR_RED, -1);
    (void)init_pair(SCN_TONE_WARNING, COLOR_YELLOW, -1);
}

static void begin_keys(void)
{
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)keypad(stdscr, TRUE);
    (void)nodelay(stdscr, TRUE);
    (void)curs_set(0);
}

enum cog_code scn_screen_create(const char *kind, bool has_color, struct scn_screen **out_screen,
                                struct cog_error *error)
{
    const enum cog_code code = scn_terminal_kind_check(kind, error);
    if (code != COG_OK) {
        return code;
    }
    struct scn_screen *screen = calloc(1, sizeof *screen);
    if (screen == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    screen->is_ascii = !scn_screen_knows_utf8();
    screen->has_color = has_color;
    screen->terminal = newterm(kind, stdout, stdin);
    if (screen->terminal == NULL) {
        free(screen);
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the screen cannot be shown here: take --plain");
    }
    (void)set_term(screen->terminal);
    begin_keys();
    begin_colors(screen);
    *out_screen = screen;
    return COG_OK;
}

static attr_t choose_attributes(const struct scn_screen *screen, enum scn_tone tone)
{
    const attr_t color = screen->has_color ? (attr_t)COLOR_PAIR(tone) : A_NORMAL;
    switch (tone) {
    case SCN_TONE_PLAIN:
        return A_NORMAL;
    case SCN_TONE_STRONG:
        return A_BOLD;
    case SCN_TONE_FAINT:
        return A_DIM;
    case SCN_TONE_GOOD:
        return color;
    case SCN_TONE_BAD:
    case SCN_TONE_WARNING:
        return color | A_BOLD;
    case SCN_TONE_BAR:
        return A_REVERSE;
    }
    return A_NORMAL;
}

static void paint(const struct scn_screen *screen, const struct scn_screen_layout *layout)
{
    int row = -1;
    (void)erase();
    for (size_t i = 0; i < layout->span_count; i++) {
        const struct scn_screen_span *span = &layout->spans[i];
        if (span->row != row) {
            row = span->row;
            (void)move(row, 0);
        }
        (void)attrset((int)choose_attributes(screen, span->tone));
        (void)addnstr(cog_text_string(&layout->text) + span->start, (int)span->length);
    }
    (void)attrset(A_NORMAL);
    (void)refresh();
}

void scn_screen_show(struct scn_screen *screen, struct scn_screen_view *view)
{
    view->columns = getmaxx(stdscr);
    view->rows = getmaxy(stdscr);
    view->is_ascii = screen->is_ascii;
    struct scn_screen_layout layout = {0};
    scn_screen_layout_make(view, &layout);
    paint(screen, &layout);
    scn_screen_layout_finish(&layout);
}

int scn_screen_key(struct scn_screen *screen)
{
    (void)screen;
    const int key = getch();
    return key == ERR ? 0 : key;
}

void scn_screen_destroy(struct scn_screen *screen)
{
    if (screen != NULL) {
        (void)endwin();
        delscreen(screen->terminal);
        free(screen);
    }
}
