/**
 * One thing that goes wrong in an explored run: where, what, and the members of a scenario that
 * make it so. Any place where the language can make something go wrong is a site.
 */
#ifndef SCN_FAULT_H
#define SCN_FAULT_H

#include <cogpromote/attributes.h>
#include <cogpromote/error.h>

#include <cjson/cJSON.h>
#include <stddef.h>

enum { SCN_FAULT_NAME_SIZE = 160 };

struct scn_fault {
    char *site;        /**< "promote#1/a1"; "status#2..": from that call on. Owned. */
    char *kind;        /**< "status_503_applied". Owned. */
    const char *phase; /**< "connect", "send", "status", "body", "client", … Static. */
    const char *call;  /**< Whose requests it strikes; NULL for none. Static. */
    int nth;           /**< Which of these, or from which on; 0 without a call. */
    /** How many requests had reached the fake when its site came; what comes later is higher. */
    size_t order;
    cJSON *patch; /**< Changes of a scenario, as `scn_compose` reads them. Owned. */
};

/** `{0}` is empty and safe to finish. */
struct scn_faults {
    struct scn_fault *items;
    size_t count;
    size_t capacity;
};

/** Whoever adds a fault describes it so; texts are copied, the patch is taken, also on failure. */
struct scn_fault_parts {
    const char *site;
    const char *kind;
    const char *phase;
    const char *call;
    int nth;
    size_t order;
};

/** @return COG_OK or COG_ERROR_MEMORY (also for a patch that is NULL) */
enum cog_code scn_faults_add(struct scn_faults *faults, const struct scn_fault_parts *parts,
                             cJSON *patch) COG_CHECK;

/** Drops all behind the first `count`. */
void scn_faults_cut(struct scn_faults *faults, size_t count);

/** "promote#1/a1 status_503_applied" */
const char *scn_fault_name(const struct scn_fault *fault, char text[SCN_FAULT_NAME_SIZE]);

void scn_faults_finish(struct scn_faults *faults);

#endif
