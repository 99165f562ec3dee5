/** How far a search is, how fast it goes and when it will end: one line on a terminal. */
#ifndef SCN_OUTLOOK_H
#define SCN_OUTLOOK_H

#include "explore/search/search.h"
#include "session/pace.h"
#include "session/progress.h"

struct scn_outlook {
    struct scn_progress progress;
    struct scn_pace pace; /**< Of this depth. */
    int depth;
};

/** Shows nothing where nobody looks, or wants to. */
struct scn_outlook scn_outlook_make(bool is_quiet);

/** As `scn_search_options` calls it. @param outlook a struct scn_outlook */
void scn_outlook_show(void *outlook, const struct scn_search_progress *search);

/** Takes the line away; again does nothing. */
void scn_outlook_finish(struct scn_outlook *outlook);

#endif
