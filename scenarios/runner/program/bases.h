/** The scenarios that a command line wants to be explored. */
#ifndef SCN_BASES_H
#define SCN_BASES_H

#include "explore/base.h"

/** `{0}` is empty and safe to finish. */
struct scn_bases {
    struct scn_base *items;
    size_t count;
};

/** Everything is borrowed. */
struct scn_bases_options {
    const char *const *paths;
    size_t path_count;     /**< 0: those that come with the program. */
    const char *case_name; /**< Of files with cases or calls; NULL for none. */
    const struct scn_catalogue *catalogue;
    struct scn_experiment_options experiment;
};

/** @return as `scn_base_read` */
enum cog_code scn_bases_read(const struct scn_bases_options *options, struct scn_bases *out_bases,
                             struct cog_error *error) COG_CHECK;

/** The folder of those that come with the program: of a checkout, else where it is installed. */
const char *scn_bases_folder(void);

void scn_bases_finish(struct scn_bases *bases);

#endif
