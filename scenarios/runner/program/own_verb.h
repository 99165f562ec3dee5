/** The verbs with a command line of their own. */
#ifndef SCN_OWN_VERB_H
#define SCN_OWN_VERB_H

struct scn_own_verb {
    const char *name;
    int (*run)(int count, char **arguments); /**< As in verbs.h; the verb is the first argument. */
};

/** @return NULL for any other word */
const struct scn_own_verb *scn_own_verb_find(const char *name);

#endif
