/** How wide the terminal is that people read on. */
#ifndef SCN_TERMINAL_WIDTH_H
#define SCN_TERMINAL_WIDTH_H

/** Of stdout, else of stdin; 80 where neither is a terminal. */
int scn_terminal_width(void);

#endif
