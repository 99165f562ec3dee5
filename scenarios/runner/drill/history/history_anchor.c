#include "drill/history/history.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <string.h>

static enum cog_code fail_form(const char *text, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_ARGUMENT,
                         "'%s' is not SEQ:CHECKSUM, a line's number and its 64 hex digits, as"
                         " 'cogdrill drills verify' tells the last one: '12:9f86d081…'",
                         text);
}

enum cog_code scn_history_anchor_parse(const char *text, struct scn_history_anchor *out_anchor,
                                       struct cog_error *error)
{
    struct scn_history_anchor anchor = {0};
    const char *colon = strchr(text, ':');
    if (colon == NULL) {
        return fail_form(text, error);
    }
    const char *checksum = colon + 1;
    COG_CLEANUP(cog_string_finish) char *number = cog_string_clone(text, (size_t)(colon - text));
    if (number == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (cog_number_parse_integer(number, 0, COG_NUMBER_INTEGER_MAX, &anchor.sequence, NULL) !=
            COG_OK ||
        strlen(checksum) != COG_DIGEST_SIZE - 1 ||
        strspn(checksum, "0123456789abcdef") != COG_DIGEST_SIZE - 1) {
        return fail_form(text, error);
    }
    memcpy(anchor.checksum, checksum, sizeof anchor.checksum);
    *out_anchor = anchor;
    return COG_OK;
}
