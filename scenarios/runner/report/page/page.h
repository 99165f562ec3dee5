/** The report's page: the results stand between its two parts. Made from this folder's files. */
#ifndef SCN_PAGE_H
#define SCN_PAGE_H

#include <stddef.h>

/** Ends where the results begin. */
extern const unsigned char scn_page_head[];
extern const size_t scn_page_head_length;

/** Begins where they end. */
extern const unsigned char scn_page_tail[];
extern const size_t scn_page_tail_length;

#endif
