/** The fake of a guided drill: `cogmock serve` as a process of its own, gone when we are. */
#ifndef SCN_FAKE_PROCESS_H
#define SCN_FAKE_PROCESS_H

#include "drill/drill.h"
#include "drill/guided/workplace.h"
#include "foreign/child.h"

enum { SCN_FAKE_DEATH_SIZE = 200 };

/** `{0}` is none, and safe to finish. Texts are owned. */
struct scn_fake_process {
    struct scn_child child;
    char *host;        /**< "127.0.0.1:PORT" */
    char *control_url; /**< "http://127.0.0.1:PORT/__mock/v1" */
    char *console_url;
    char *token; /**< Of its control plane, made for this drill. */
};

/** Everything is borrowed. */
struct scn_fake_process_options {
    const char *program; /**< The path of `cogmock`. */
    const struct scn_drill *drill;
    uint64_t seed;
    double time_scale;
    char *const *environment; /**< "NAME=value", ends with NULL. */
};

/**
 * Starts it with what the drill says of its server, and waits until it serves.
 *
 * @return COG_OK; COG_ERROR_CONFIGURATION: it does not start, and what it said; COG_ERROR_STORAGE,
 *         COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_fake_process_start(struct scn_workplace *workplace,
                                     const struct scn_fake_process_options *options,
                                     struct scn_fake_process *out_fake,
                                     struct cog_error *error) COG_CHECK;

/** Whether it has died. @param out_why what it said last, where it has */
bool scn_fake_process_has_died(const struct scn_fake_process *fake, struct scn_workplace *workplace,
                               char out_why[SCN_FAKE_DEATH_SIZE]);

/** Ends it. */
void scn_fake_process_finish(struct scn_fake_process *fake);

/**
 * What the fake plays: the drill's file without what is about the client and its judges.
 *
 * @param out_text owned by the caller, free() it
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_fake_process_scenario(const struct scn_drill *drill, char **out_text,
                                        struct cog_error *error) COG_CHECK;

#endif
