#include "calls.h"

#include "v1.h"

enum cog_code cog_v1_authenticate(void *context, struct cog_limits limits,
                                  char out_scopes[COG_SCOPES_SIZE], struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    return cog_token_scopes(v1->tokens, limits, out_scopes, error);
}
