/** What a rehearsal is measured by. */
#ifndef SCN_DRILL_FIGURES_H
#define SCN_DRILL_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

struct scn_evidence;
struct scn_timeline;

enum scn_figure_id {
    SCN_FIGURE_DETECT,   /**< T2-T0, in ms, as are the next four. */
    SCN_FIGURE_DECIDE,   /**< T3-T2 */
    SCN_FIGURE_MITIGATE, /**< T5-T0 */
    SCN_FIGURE_RECOVER,  /**< T6-T0 */
    SCN_FIGURE_EXPOSURE, /**< How long the target served mixed content. */
    SCN_FIGURE_STEPS,    /**< Commands that a person typed from T0 on; of nobody else. */
};
enum { SCN_FIGURE_COUNT = SCN_FIGURE_STEPS + 1 };

/** Below 0 but not -1: the wall clock of the client's papers was set back. */
struct scn_figure {
    int64_t server; /**< By the server's truth; -1: there is none. */
    /** By the client's papers, but for T0, which they cannot know; -1 likewise, and always of the
     * exposure and of the steps. */
    int64_t client;
    bool is_open; /**< It had not ended with the run: it is at least that, and within no target. */
};

struct scn_figures {
    struct scn_figure items[SCN_FIGURE_COUNT];
};

/** "detect", "decide", … in their order; ends with NULL. */
const char *const *scn_figure_names(void);

/** "time to detect", … for people. */
const char *scn_figure_text(enum scn_figure_id id);

/** Whether it is a duration; else it is a count. */
bool scn_figure_is_duration(enum scn_figure_id id);

/**
 * A figure is -1 where one of its ends never came. Of a target that nobody tried to bring back, and
 * that is mixed at the end, neither the time to mitigate nor that to recover is known: whatever
 * ended there, the harm did not.
 */
void scn_figures_read(const struct scn_evidence *evidence, const struct scn_timeline *timeline,
                      struct scn_figures *out_figures);

#endif
