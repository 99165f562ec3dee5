#include "coverage/pattern.h"

#include <stddef.h>
#include <string.h>

/* A part of a pattern that is followed by the rest of it. */
struct part {
    const char *at;
    const char *end;
    const char *rest; /* NULL: the part itself is all. */
};

static bool matches(struct part part, const char *name);

static bool star_matches(struct part part, const char *name)
{
    part.at++;
    for (;; name++) {
        if (matches(part, name)) {
            return true;
        }
        if (*name == '\0' || *name == '/') {
            return false;
        }
    }
}

static bool choice_matches(struct part part, const char *name)
{
    const char *close = strchr(part.at, '}');
    const char *choice = part.at + 1;
    for (;;) {
        const size_t length = strcspn(choice, ",}");
        const struct part inner = {choice, choice + length, close + 1};
        if (matches(inner, name)) {
            return true;
        }
        if (choice[length] == '}') {
            return false;
        }
        choice += length + 1;
    }
}

static bool matches(struct part part, const char *name)
{
    for (; part.at < part.end; part.at++, name++) {
        if (*part.at == '*') {
            return star_matches(part, name);
        }
        if (*part.at == '{') {
            return choice_matches(part, name);
        }
        if (*part.at != *name) {
            return false;
        }
    }
    if (part.rest != NULL) {
        return scn_pattern_matches(part.rest, name);
    }
    return *name == '\0';
}

bool scn_pattern_matches(const char *pattern, const char *name)
{
    const struct part whole = {pattern, pattern + strlen(pattern), NULL};
    return matches(whole, name);
}

const char *scn_pattern_fault(const char *pattern)
{
    bool is_open = false;
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '{' && is_open) {
            return "expected one pair of braces, got another in it,";
        }
        if (*at == '}' && !is_open) {
            return "expected a '{' before the '}'";
        }
        if (*at == '{' || *at == '}') {
            is_open = *at == '{';
        }
    }
    return is_open ? "expected a '}' behind the '{'" : NULL;
}
