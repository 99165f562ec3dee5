/** Which faults there are at a site of a run. */
#ifndef SCN_CATALOGUE_H
#define SCN_CATALOGUE_H

#include "explore/faults/fault.h"
#include "explore/faults/kind.h"
#include "explore/faults/site.h"

enum { SCN_CATALOGUE_WORDS_MAX = 32, SCN_CATALOGUE_CALLS_MAX = 20 };

/** Of whom it is. */
enum scn_catalogue_scope {
    SCN_SCOPE_ALL,     /**< Of our client, with all that it has inside. */
    SCN_SCOPE_OUTSIDE, /**< Of any client: what is around it. */
    SCN_SCOPE_TYPICAL, /**< Of that, one of each sort. */
};

/** What is wanted of all that there is; patterns as fnmatch(3) has them. `{0}` is everything. */
struct scn_catalogue_filter {
    const char *sites[SCN_CATALOGUE_WORDS_MAX]; /**< "promote*"; of several one is enough. */
    size_t site_count;
    const char *kinds[SCN_CATALOGUE_WORDS_MAX]; /**< A kind's name, or its phase. */
    size_t kind_count;
    enum scn_catalogue_scope scope;
};

/** The kinds of each call, looked up once. `{0}` is empty and safe to finish. */
struct scn_catalogue {
    struct scn_catalogue_filter filter;
    struct scn_kinds kinds[SCN_CATALOGUE_CALLS_MAX]; /**< In the order of `mock_call_names`. */
};

/** @param filter borrows its texts @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_catalogue_init(struct scn_catalogue *out_catalogue,
                                 const struct scn_catalogue_filter *filter) COG_CHECK;

/** Adds each fault that is wanted of a request. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_catalogue_append(const struct scn_catalogue *catalogue,
                                   const struct scn_site *site,
                                   struct scn_faults *faults) COG_CHECK;

/** Adds those of connections: of each moment at which something is sent. @return as above */
enum cog_code scn_catalogue_append_connections(const struct scn_catalogue *catalogue,
                                               const struct scn_sites *sites,
                                               struct scn_faults *faults) COG_CHECK;

/**
 * Adds one fault, if it is wanted.
 *
 * @param format of its patch, in JSON
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_catalogue_offer(const struct scn_catalogue *catalogue,
                                  const struct scn_fault_parts *parts, struct scn_faults *faults,
                                  const char *format, ...) COG_PRINTF(4, 5) COG_CHECK;

/** Whether the filter wants a fault of that site, kind and phase. */
bool scn_catalogue_wants(const struct scn_catalogue *catalogue, const char *site, const char *kind,
                         const char *phase);

void scn_catalogue_finish(struct scn_catalogue *catalogue);

#endif
