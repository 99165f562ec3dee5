/** The page of drills: the reports stand between its two parts. Made from this folder's files. */
#ifndef SCN_DRILL_PAGE_PARTS_H
#define SCN_DRILL_PAGE_PARTS_H

#include <stddef.h>

/** Ends where the reports begin. */
extern const unsigned char scn_drill_page_head[];
extern const size_t scn_drill_page_head_length;

/** Begins where they end. */
extern const unsigned char scn_drill_page_tail[];
extern const size_t scn_drill_page_tail_length;

#endif
