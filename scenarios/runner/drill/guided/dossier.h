/** All that is known after a guided drill, put together for its judges. */
#ifndef SCN_DOSSIER_H
#define SCN_DOSSIER_H

#include "drill/drill.h"
#include "drill/evidence.h"
#include "drill/guided/client_papers.h"
#include "drill/guided/remote_truth.h"
#include "foreign/ending.h"

/** What the target held when a command was seen first. */
struct scn_sighting {
    char content[COG_DIGEST_SIZE];
};

/** What it is made of. Everything is borrowed, and must outlive the dossier. */
struct scn_dossier_source {
    const struct scn_drill *drill;
    struct scn_workplace *workplace;
    const struct scn_scene *scene;
    struct scn_control *control; /**< NULL: it cannot be asked any more. */
    const struct cog_config *config;
    const char *host; /**< Where the server listened. */
    struct scn_client_time time;
    int64_t now_ms; /**< Of the facts' time: when the drill ended. */
    int64_t limit_ms;
    const struct scn_sighting *sightings; /**< A command each, in the commands' order. */
    size_t sighting_count;
    bool has_second;   /**< Another operator was there. */
    int64_t second_ms; /**< Of the facts' time: since when. */
    const char *stop;  /**< Why nothing can be judged; NULL when it can. */
    int hint_cost;
    bool is_aborted;
    const char *abort_reason;
};

enum { SCN_DOSSIER_SECRETS = 3 };

/** `{0}` is empty and safe to finish. */
struct scn_dossier {
    struct scn_remote_truth truth;
    struct scn_client_papers papers;
    struct scn_command_list commands;
    struct scn_typed *typed;
    struct scn_start *starts;
    char **verbs; /**< Of the starts. */
    size_t start_count;
    struct cog_report report;
    struct scn_ending ending;
    const char *secrets[SCN_DOSSIER_SECRETS];
    struct scn_facts facts;
    struct cog_report other_report;
    struct scn_facts other; /**< Of another operator, as far as the server knows. */
    struct scn_evidence evidence;
};

/** A command as the evidence has it. Borrows its line. */
struct scn_typed scn_dossier_typed(const struct scn_recorded *command,
                                   const struct scn_client_time *time);

/**
 * @param out_dossier stays where it is: its parts borrow from each other
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_dossier_read(const struct scn_dossier_source *source,
                               struct scn_dossier *out_dossier, struct cog_error *error) COG_CHECK;

void scn_dossier_finish(struct scn_dossier *dossier);

#endif
