/** The page that is served at `/__mock/`, put together from this folder's files by assemble.py. */
#ifndef MOCK_CONSOLE_CONSOLE_H
#define MOCK_CONSOLE_CONSOLE_H

#include <stddef.h>

/** HTML, UTF-8; nothing else is loaded with it. */
extern const unsigned char mock_console_page[];
extern const size_t mock_console_page_length;

/** The value of its `Content-Security-Policy`: the scripts and the style of this page, no others.
 */
extern const char mock_console_policy[];

#endif
