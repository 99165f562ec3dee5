/* An operation of the client on its files fails: once, or from then on. */
#include "explore/faults/families.h"

#include <stdio.h>

enum { SITE_SIZE = 96 };

static const enum scn_storage_failure failures[] = {
    SCN_STORAGE_EIO,    SCN_STORAGE_ENOSPC,      SCN_STORAGE_EROFS,
    SCN_STORAGE_EACCES, SCN_STORAGE_SHORT_WRITE,
};

static enum cog_code offer(const struct scn_catalogue *catalogue, const struct scn_file_site *file,
                           bool is_lasting, struct scn_faults *faults)
{
    const char *operation = scn_storage_operation_name(file->operation);
    char site[SITE_SIZE];
    enum cog_code code = COG_OK;
    (void)snprintf(site, sizeof site, "%s %s#%d%s", operation, file->file, file->nth,
                   is_lasting ? ".." : "");
    for (size_t i = 0; code == COG_OK && i < sizeof failures / sizeof failures[0]; i++) {
        const char *failure = scn_storage_failure_name(failures[i]);
        const struct scn_fault_parts parts = {
            .site = site, .kind = failure, .phase = "storage", .order = file->order};
        /* Only what is appended can be there by half. */
        if (failures[i] != SCN_STORAGE_SHORT_WRITE || file->operation == SCN_STORAGE_APPEND) {
            code = scn_catalogue_offer(catalogue, &parts, faults,
                                       "{\"client\":{\"storage\":[{\"operation\":\"%s\","
                                       "\"file\":\"%s\",\"%s\":%d,\"fail\":\"%s\"}]}}",
                                       operation, file->file, is_lasting ? "from" : "nth",
                                       file->nth, failure);
        }
    }
    return code;
}

enum cog_code scn_storage_faults_list(const struct scn_catalogue *catalogue,
                                      const struct scn_sites *sites, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sites->file_count; i++) {
        code = offer(catalogue, &sites->files[i], false, faults);
        if (code == COG_OK) {
            code = offer(catalogue, &sites->files[i], true, faults);
        }
    }
    return code;
}
