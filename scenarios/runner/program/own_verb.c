#include "program/own_verb.h"

#include "program/verbs.h"

#include <string.h>

static const struct scn_own_verb verbs[] = {
    {"drills", scn_verb_drills},     {"explore", scn_verb_explore}, {"merge", scn_verb_merge},
    {"rehearse", scn_verb_rehearse}, {"replay", scn_verb_replay},   {"shrink", scn_verb_shrink},
    {"swarm", scn_verb_swarm},
};

const struct scn_own_verb *scn_own_verb_find(const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(name, verbs[i].name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}
