/** What a guided drill is set on: its server, and what the person finds in the drill's folder. */
#ifndef SCN_STAGE_H
#define SCN_STAGE_H

#include "drill/guided/client_papers.h"
#include "drill/guided/conductor.h"
#include "drill/guided/control.h"
#include "drill/guided/fake_process.h"
#include "drill/guided/server_place.h"
#include "foreign/variables.h"

/** `{0}` is none, and safe to finish. */
struct scn_stage {
    char *folder;         /**< Absolute. Owned, as is the next. */
    char *client_program; /**< Absolute. */
    struct scn_workplace workplace;
    bool has_fake; /**< One of our own. */
    struct scn_fake_process fake;
    struct scn_server_place place;
    struct scn_control *control; /**< NULL: there is none to ask. */
    struct cog_config config;
    struct scn_variables variables; /**< Of the person's client, and all that is inherited. */
    struct scn_client_time time;
};

/**
 * Sets it.
 *
 * @param out_stage stays where it is: its parts borrow from each other
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_CONFIGURATION, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_stage_set(const struct scn_conductor_options *options,
                            struct scn_stage *out_stage, struct cog_error *error) COG_CHECK;

void scn_stage_finish(struct scn_stage *stage);

#endif
