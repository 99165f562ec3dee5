/** A page that fills row by row: texts are cut where the screen ends. */
#ifndef SCN_SCREEN_PAGE_H
#define SCN_SCREEN_PAGE_H

#include "drill/guided/screen_layout.h"

struct scn_screen_page {
    struct scn_screen_layout *layout;
    int columns;
    int rows;
    bool is_ascii;
    int row;    /**< That is being filled. */
    int column; /**< How much of it is. */
};

/** Puts a text behind what the row has. Nothing in it can steer a terminal. */
void scn_screen_page_put(struct scn_screen_page *page, enum scn_tone tone, const char *string);
void scn_screen_page_put_format(struct scn_screen_page *page, enum scn_tone tone,
                                const char *format, ...) COG_PRINTF(3, 4);

/** Fills the row with blanks up to a column; one at least. */
void scn_screen_page_pad(struct scn_screen_page *page, enum scn_tone tone, int column);

/** Goes on with the next row. */
void scn_screen_page_end_row(struct scn_screen_page *page);

/** A text in as many rows as it takes, at most so many. @param indent columns in front of each */
void scn_screen_page_wrap(struct scn_screen_page *page, enum scn_tone tone, int indent,
                          int row_count_max, const char *string);

#endif
