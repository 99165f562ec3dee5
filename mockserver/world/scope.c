#include "world/scope.h"

#include <string.h>

/* The name at index i belongs to the bit 1 << i. */
static const char *const names[] = {
    "environment:write", "bot:deploy", "deployment:execute", "conversation:simulate", NULL,
};

static bool add(unsigned *inout_scopes, const char *name, size_t length)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
            *inout_scopes |= 1U << i;
            return true;
        }
    }
    return false;
}

bool mock_scopes_parse(const char *text, unsigned *out_scopes)
{
    unsigned scopes = MOCK_SCOPE_NONE;
    bool are_known = mock_scopes_parse_known(text, &scopes);
    if (are_known) {
        *out_scopes = scopes;
    }
    return are_known;
}

bool mock_scopes_parse_known(const char *text, unsigned *out_scopes)
{
    unsigned scopes = MOCK_SCOPE_NONE;
    bool are_known = true;
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        are_known &= add(&scopes, text, length);
        text += length;
    }
    *out_scopes = scopes;
    return are_known;
}

void mock_scopes_append(unsigned scopes, struct cog_text *text)
{
    const char *separator = "";
    for (size_t i = 0; names[i] != NULL; i++) {
        if ((scopes & 1U << i) != 0) {
            cog_text_append(text, separator);
            cog_text_append(text, names[i]);
            separator = " ";
        }
    }
}

const char *const *mock_scope_names(void)
{
    return names;
}
