#include "calls.h"

#include "../plain_text.h"
#include "v1.h"

enum cog_code cog_v1_authenticate(void *context, struct cog_limits limits,
                                  char out_scopes[COG_SCOPES_SIZE], struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    char scopes[COG_SCOPES_SIZE];
    const enum cog_code code = cog_token_scopes(v1->tokens, limits, scopes, error);
    if (code == COG_OK) {
        cog_plain_text_copy(out_scopes, COG_SCOPES_SIZE, scopes);
    }
    return code;
}
