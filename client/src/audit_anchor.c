#include <cogpromote/audit.h>

#include "audit_record.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <string.h>

static enum cog_code fail_form(const char *text, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_ARGUMENT,
                         "'%s' is not SEQ:CHECKSUM, a record's number and its 64 hex digits, as"
                         " 'cogpromote audit verify' tells its head: '12:9f86d081…'",
                         text);
}

enum cog_code cog_audit_anchor_parse(const char *text, struct cog_audit_anchor *out_anchor,
                                     struct cog_error *error)
{
    struct cog_audit_anchor anchor = {0};
    const char *colon = text != NULL ? strchr(text, ':') : NULL;
    if (colon == NULL) {
        return fail_form(text != NULL ? text : "", error);
    }
    COG_CLEANUP(cog_string_finish) char *number = cog_string_clone(text, (size_t)(colon - text));
    if (number == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const char *checksum = colon + 1;
    if (cog_number_parse_integer(number, 0, COG_AUDIT_SEQUENCE_MAX, &anchor.sequence, NULL) !=
            COG_OK ||
        strlen(checksum) != COG_CHECKSUM_SIZE - 1 ||
        strspn(checksum, "0123456789abcdef") != COG_CHECKSUM_SIZE - 1) {
        return fail_form(text, error);
    }
    memcpy(anchor.checksum, checksum, sizeof anchor.checksum);
    *out_anchor = anchor;
    return COG_OK;
}
