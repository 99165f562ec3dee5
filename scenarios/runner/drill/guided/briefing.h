/** What the person is told before a guided drill: nothing of what will strike. */
#ifndef SCN_BRIEFING_H
#define SCN_BRIEFING_H

#include "drill/drill.h"

#include <cogbase/text.h>

/** Everything is borrowed. */
struct scn_briefing {
    const struct scn_drill *drill;
    bool is_secret;          /**< It was drawn: which one it is comes out at the end. */
    const char *environment; /**< The file for the shell; NULL: the shell is given. */
    const char *folder;      /**< Of the drill; NULL: there is nothing in it for a facilitator. */
    int64_t limit_ms;        /**< Of the fake's time. */
    double time_scale;       /**< How many times as fast that runs. */
    bool is_plain;           /**< There is no screen. */
    int width;
};

void scn_briefing_append(struct cog_text *text, const struct scn_briefing *briefing);

/** What the drill is called while it runs. */
const char *scn_briefing_title(const struct scn_drill *drill, bool is_secret);

#endif
