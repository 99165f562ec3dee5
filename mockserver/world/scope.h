/** OAuth scopes as sets of bits. */
#ifndef MOCK_WORLD_SCOPE_H
#define MOCK_WORLD_SCOPE_H

#include <cogbase/text.h>

#include <stdbool.h>

enum mock_scope {
    MOCK_SCOPE_ENVIRONMENT_WRITE = 1,
    MOCK_SCOPE_BOT_DEPLOY = 2,
    MOCK_SCOPE_DEPLOYMENT_EXECUTE = 4,
    MOCK_SCOPE_CONVERSATION_SIMULATE = 8,
};

enum {
    MOCK_SCOPE_NONE = 0,
    MOCK_SCOPE_ALL = 15,
};

/** Space-separated names, as in a token request. @return false when one of them is unknown */
bool mock_scopes_parse(const char *text, unsigned *out_scopes) COG_CHECK;

/**
 * As above, but takes the names that it knows.
 *
 * @return false when there were others besides
 */
bool mock_scopes_parse_known(const char *text, unsigned *out_scopes) COG_CHECK;

/** Appends the names, separated by spaces. */
void mock_scopes_append(unsigned scopes, struct cog_text *text);

/** The names of all scopes; ends with NULL. */
const char *const *mock_scope_names(void);

#endif
