/** A drill that is talked over: what happens, what is asked, what a good answer has in it. */
#ifndef SCN_TABLETOP_H
#define SCN_TABLETOP_H

#include "drill/drill.h"

#include <cogbase/text.h>

/** What is told before the first question: situation, task, roles; its name would tell too much. */
void scn_tabletop_append_opening(struct cog_text *text, const struct scn_drill *drill, int width);

/** @param index below `drill->question_count` */
void scn_tabletop_append_question(struct cog_text *text, const struct scn_drill *drill,
                                  size_t index, int width);

void scn_tabletop_append_answer(struct cog_text *text, const struct scn_drill *drill, size_t index,
                                int width);

/** Once everything is said: its name, and by what it is measured. */
void scn_tabletop_append_closing(struct cog_text *text, const struct scn_drill *drill, int width);

#endif
