/** What can go wrong with a request: each kind with what `inject` says of it. */
#ifndef SCN_KIND_H
#define SCN_KIND_H

#include <cogpromote/attributes.h>
#include <cogpromote/error.h>

#include <cjson/cJSON.h>
#include <stddef.h>

enum { SCN_KIND_NAME_SIZE = 64 };

struct scn_kind {
    char name[SCN_KIND_NAME_SIZE]; /**< "status_429_retry_after_rfc850" */
    const char *phase;             /**< "status"; static. */
    cJSON *inject;                 /**< Owned. */
};

/** `{0}` is empty and safe to finish. */
struct scn_kinds {
    struct scn_kind *items;
    size_t count;
    size_t capacity;
};

/**
 * All kinds that change something about a call's requests, and about which a client can do
 * something: no answer that says, in good form, what is not true of the request that acts.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_kinds_list(const char *call, struct scn_kinds *out_kinds) COG_CHECK;

void scn_kinds_finish(struct scn_kinds *kinds);

#endif
