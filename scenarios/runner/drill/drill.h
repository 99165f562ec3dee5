/**
 * A drill as its file tells: a scenario of the language, which anything that takes scenarios can
 * run, and in its member `drill` what people need to rehearse it.
 */
#ifndef SCN_DRILL_H
#define SCN_DRILL_H

#include "drill/checklist.h"
#include "drill/figures.h"
#include "language/scenario.h"

enum {
    SCN_DRILL_ID_LENGTH_MAX = 64,
    SCN_DRILL_ROLES_MAX = 8,
    SCN_DRILL_HINTS_MAX = 12,
    SCN_DRILL_QUESTIONS_MAX = 24,
};

/** Who takes part, and what is theirs to do. */
struct scn_drill_role {
    const char *name; /**< "operator" */
    const char *text;
};

/** Told on demand, in their order; each costs points of the score. */
struct scn_drill_hint {
    const char *text;
    int cost; /**< 0 to 100. */
};

/** One step of a tabletop: what is told, what is asked, what a good answer has in it. */
struct scn_drill_question {
    const char *inject;
    const char *question;
    const char *answer;
};

/** What happens to the person's client where an inject strikes: the fake cannot do it. */
enum scn_drill_blow {
    SCN_DRILL_BLOW_NONE,
    SCN_DRILL_BLOW_KILL,   /**< Its process dies, as by `kill -9`. */
    SCN_DRILL_BLOW_MOVE,   /**< The same, and its machine is gone: another one has its folder. */
    SCN_DRILL_BLOW_SECOND, /**< Another operator promotes into the same target. */
};

/** How it is rehearsed with a person. */
struct scn_drill_guidance {
    const char
        *situation;     /**< What the person is told at the start: nothing of what will strike. */
    const char *task;   /**< What is wanted of them. */
    const char *inject; /**< Whose strike `blow` follows; NULL where there is none. */
    enum scn_drill_blow blow;
    double time_scale; /**< How many times as fast the fake's clock runs; 1. */
    int64_t limit_ms;  /**< Of the fake's time: then it stops; 30 minutes. */
};

/** Texts and nodes are borrowed from the file. `{0}` is empty and safe to finish. */
struct scn_drill {
    char *id;                     /**< The file's name without ".jsonc". Owned. */
    struct scn_scenario scenario; /**< Holds the file. A drill has no cases and calls. */
    const char *hypothesis;
    struct scn_drill_role roles[SCN_DRILL_ROLES_MAX];
    size_t role_count;
    int64_t targets[SCN_FIGURE_COUNT]; /**< At most; -1 for none. */
    struct scn_checklist checklist;
    int pass_mark; /**< Per cent of the points that are needed; 80. */
    struct scn_drill_hint hints[SCN_DRILL_HINTS_MAX];
    size_t hint_count;
    struct scn_drill_question questions[SCN_DRILL_QUESTIONS_MAX];
    size_t question_count;
    struct scn_drill_guidance guidance;
};

/** Whether a document is a drill: it has the member `drill`. */
bool scn_drill_is(const struct cog_document *document);

/**
 * Reads all of it strictly, the scenario too, and holds the file.
 *
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …"), COG_ERROR_MEMORY
 */
enum cog_code scn_drill_parse(struct scn_file *file, struct scn_drill *out_drill,
                              struct cog_error *error) COG_CHECK;

/** The same of a file. @return as above, or COG_ERROR_STORAGE when it cannot be read */
enum cog_code scn_drill_read(const char *path, struct scn_drill *out_drill,
                             struct cog_error *error) COG_CHECK;

void scn_drill_finish(struct scn_drill *drill);

#endif
