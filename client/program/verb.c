#include "verb.h"

#include "setting.h"

#include <cogpromote/config.h>

#include <cogbase/text.h>

#include <string.h>

enum { VERBS_MAX = 16 };

/** Promotes, or would: what `plan` is told must be what `promote` will be told. */
static const unsigned PROMOTION_GROUPS =
    COG_GROUP_ANY | COG_GROUP_WIRE | COG_GROUP_API | COG_GROUP_STATE | COG_GROUP_NARRATION |
    COG_GROUP_SOURCE | COG_GROUP_TARGET | COG_GROUP_CONTENT | COG_GROUP_SUBMISSION | COG_GROUP_RUN |
    COG_GROUP_TIMEOUT | COG_GROUP_THRESHOLD | COG_GROUP_ROLLBACK | COG_GROUP_WEBHOOK;

/* What ends a promotion means the same whether it was begun now or is resumed. */
static const struct cog_exit PROMOTE_EXITS[] = {
    {0, "promoted and verified"},
    {1, "internal: a bug, no memory, the local disk"},
    {2, "usage: arguments or settings; nothing was sent"},
    {3, "unauthorized: credentials, or a scope is missing"},
    {4, "not_ready: sessions, health, conversation, or no way to the API"},
    {5, "rejected: refused, or provably never arrived"},
    {6, "rolled_back, confirmed"},
    {7, "rollback_failed: failed, refused or not confirmed"},
    {8, "unknown: the platform cannot be asked any more; 'resume' settles it"},
    {9, "locked: another run has the target's lock"},
    {10, "parity_low: completed, but not verified, or below the threshold"},
    {11, "undelivered: promoted, but audit or webhook failed (with --strict)"},
    {129, "interrupted by SIGHUP; a running job goes on, unless --on-interrupt"},
    {130, "interrupted by SIGINT"},
    {143, "interrupted by SIGTERM"},
    {0, NULL},
};

static const struct cog_exit PLAN_EXITS[] = {
    {0, "nothing stands against a promotion"},
    {1, "internal: a bug, no memory, the local disk"},
    {2, "usage: arguments or settings; nothing was sent"},
    {3, "a promotion would end as unauthorized"},
    {4, "a promotion would end as not_ready"},
    {5, "a promotion would end as rejected"},
    {8, "a promotion would end as unknown"},
    {9, "a promotion would end as locked"},
    {10, "a promotion would end as parity_low"},
    {129, "interrupted by SIGHUP"},
    {130, "interrupted by SIGINT"},
    {143, "interrupted by SIGTERM"},
    {0, NULL},
};

static const struct cog_exit STATUS_EXITS[] = {
    {0, "told, whatever there is to tell"},
    {1, "internal: a bug, no memory, the local disk"},
    {2, "usage: arguments or settings, or there is no such run"},
    {0, NULL},
};

static const struct cog_exit ROLLBACK_EXITS[] = {
    {1, "internal: a bug, no memory, the local disk"},
    {2, "usage: arguments or settings; nothing was sent"},
    {3, "unauthorized: credentials, or a scope is missing"},
    {4, "not_ready: no way to the API; nothing was changed"},
    {5, "rejected: there is no such job; nothing was changed"},
    {6, "rolled_back, confirmed"},
    {7, "rollback_failed: failed, refused or not confirmed"},
    {8, "unknown: the platform cannot be asked any more"},
    {9, "locked: a promotion into this target is under way"},
    {129, "interrupted by SIGHUP"},
    {130, "interrupted by SIGINT"},
    {143, "interrupted by SIGTERM"},
    {0, NULL},
};

static const struct cog_exit PARITY_EXITS[] = {
    {0, "parity is at or above the threshold"},
    {1, "internal: a bug, no memory"},
    {2, "usage: arguments or settings; nothing was sent"},
    {3, "unauthorized: credentials, or a scope is missing"},
    {8, "not measured: the platform does not tell, or cannot be asked"},
    {10, "parity is below the threshold"},
    {129, "interrupted by SIGHUP"},
    {130, "interrupted by SIGINT"},
    {143, "interrupted by SIGTERM"},
    {0, NULL},
};

static const struct cog_exit AUDIT_VERIFY_EXITS[] = {
    {0, "intact, or there is no record yet"},
    {1, "changed, broken, torn, cut or rewritten; or it cannot be read"},
    {2, "usage: arguments or settings"},
    {0, NULL},
};

static const struct cog_exit AUDIT_SHOW_EXITS[] = {
    {0, "shown"},
    {1, "internal: a bug, no memory, the local disk"},
    {2, "usage: arguments or settings"},
    {0, NULL},
};

static const struct cog_exit WEBHOOK_FLUSH_EXITS[] = {
    {0, "all are delivered, or there were none"},
    {1, "internal: a bug, no memory, the local disk"},
    {2, "usage: arguments or settings; nothing was sent"},
    {11, "some are still in the outbox"},
    {129, "interrupted by SIGHUP"},
    {130, "interrupted by SIGINT"},
    {143, "interrupted by SIGTERM"},
    {0, NULL},
};

static const struct cog_exit LOCK_STATUS_EXITS[] = {
    {0, "free"},
    {1, "internal: a bug, no memory, the local disk, a damaged lock"},
    {2, "usage: arguments or settings"},
    {9, "held, abandoned by a process that has died, or held elsewhere"},
    {0, NULL},
};

static const struct cog_exit LOCK_RELEASE_EXITS[] = {
    {0, "free now"},
    {1, "internal: a bug, no memory, the local disk"},
    {2, "usage: arguments or settings"},
    {0, NULL},
};

/* clang-format off */
static const struct cog_verb VERBS[] = {
    {.id = COG_VERB_PROMOTE, .name = "promote",
     .groups = PROMOTION_GROUPS,
     .needs = COG_NEED_API | COG_NEED_SOURCE | COG_NEED_TARGET,
     .summary = "promote one environment into another",
     .text = "Waits until the target is quiet, promotes, follows the job, rolls back when it\n"
             "fails or runs out of time, verifies, writes an audit record, notifies.\n"
             "Progress goes to stderr, the final report to stdout.\n",
     .exits = PROMOTE_EXITS,
     .example = "cogpromote promote --source env-staging --target env-production"
                " --wait-for-drain 10m\n"},
    {.id = COG_VERB_PLAN, .name = "plan",
     .groups = PROMOTION_GROUPS,
     .needs = COG_NEED_API | COG_NEED_SOURCE | COG_NEED_TARGET,
     .summary = "say what a promotion would meet and do, and change nothing",
     .text = "Looks at credentials, scopes, lock, sessions, health and both environments, and\n"
             "shows what would be sent. Takes every flag of 'promote', so that one word turns\n"
             "the one into the other.\n",
     .exits = PLAN_EXITS,
     .example = "cogpromote plan --source env-staging --target env-production\n"},
    {.id = COG_VERB_RESUME, .name = "resume", .operand_names = {"RUN"},
     .groups = COG_GROUP_ANY | COG_GROUP_WIRE | COG_GROUP_API | COG_GROUP_STATE |
               COG_GROUP_NARRATION | COG_GROUP_RUN | COG_GROUP_TIMEOUT | COG_GROUP_THRESHOLD |
               COG_GROUP_ROLLBACK | COG_GROUP_WEBHOOK,
     .needs = COG_NEED_API,
     .summary = "bring a run to its end that was killed, interrupted or lost sight",
     .text = "Takes the run up where its journal ends: never promotes a second time what has\n"
             "arrived. Source, target and what was to be promoted are the journal's. Without\n"
             "RUN it is the only run that can be resumed; 'cogpromote status' lists them.\n",
     .exits = PROMOTE_EXITS,
     .example = "cogpromote resume 998f9886-ac8e-49dd-97ac-98b5e3a61e33\n"},
    {.id = COG_VERB_STATUS, .name = "status", .operand_names = {"RUN"},
     .groups = COG_GROUP_ANY | COG_GROUP_STATE,
     .summary = "list the runs, or one of them, and where they stand",
     .text = "Reads the journals in the state folder and sends nothing.\n",
     .exits = STATUS_EXITS,
     .example = "cogpromote status --output json\n"},
    {.id = COG_VERB_ROLLBACK, .name = "rollback", .operand_names = {"JOB"}, .operand_count_min = 1,
     .groups = COG_GROUP_ANY | COG_GROUP_WIRE | COG_GROUP_API | COG_GROUP_STATE |
               COG_GROUP_NARRATION | COG_GROUP_TARGET | COG_GROUP_ROLLBACK | COG_GROUP_WEBHOOK,
     .needs = COG_NEED_API | COG_NEED_TARGET,
     .summary = "roll a promotion's job back by hand",
     .text = "Ends the job first where it still runs, asks for the rollback, follows it,\n"
             "verifies the target, writes an audit record, notifies.\n",
     .exits = ROLLBACK_EXITS,
     .example = "cogpromote rollback job-17 --target env-production\n"},
    {.id = COG_VERB_PARITY, .name = "parity", .operand_names = {"SOURCE", "TARGET"},
     .operand_count_min = 2,
     .groups = COG_GROUP_ANY | COG_GROUP_WIRE | COG_GROUP_API | COG_GROUP_NARRATION |
               COG_GROUP_CONTENT | COG_GROUP_TIMEOUT | COG_GROUP_THRESHOLD,
     .needs = COG_NEED_API | COG_NEED_SOURCE | COG_NEED_TARGET,
     .summary = "measure how far two environments agree",
     .text = "Measures both, compares them, and changes nothing. What a promotion would be told\n"
             "not to copy does not count.\n",
     .exits = PARITY_EXITS,
     .example = "cogpromote parity env-staging env-production --parity-threshold 0.98\n"},
    {.id = COG_VERB_AUDIT_VERIFY, .name = "audit verify",
     .groups = COG_GROUP_ANY | COG_GROUP_STATE | COG_GROUP_ANCHOR,
     .summary = "check the chain of audit records",
     .text = "Reads the whole audit file. An anchor is a record's number and checksum that was\n"
             "noted elsewhere, from a report or a webhook: with it, cut and rewritten files are\n"
             "found out as well.\n",
     .exits = AUDIT_VERIFY_EXITS,
     .example = "cogpromote audit verify --anchor"
                " 2:19510991934082878f0762ec1c972634c445f493f4b3a2359e65aaac2d2a6e20\n"},
    {.id = COG_VERB_AUDIT_SHOW, .name = "audit show",
     .groups = COG_GROUP_ANY | COG_GROUP_STATE | COG_GROUP_LAST,
     .summary = "show the audit records",
     .text = "A table for people, or with '--output json' an array of the records themselves.\n",
     .exits = AUDIT_SHOW_EXITS,
     .example = "cogpromote audit show --last 5\n"},
    {.id = COG_VERB_WEBHOOK_FLUSH, .name = "webhook flush",
     .groups = COG_GROUP_ANY | COG_GROUP_WIRE | COG_GROUP_STATE | COG_GROUP_NARRATION |
               COG_GROUP_WEBHOOK,
     .needs = COG_NEED_WEBHOOK,
     .summary = "send the notices that could not be delivered",
     .text = "Sends what is in the outbox, oldest first. A receiver may see a notice twice,\n"
             "with one 'webhook-id'.\n",
     .exits = WEBHOOK_FLUSH_EXITS,
     .example = "cogpromote webhook flush --webhook-url https://ci.example/hooks/deployments\n"},
    {.id = COG_VERB_LOCK_STATUS, .name = "lock status",
     .groups = COG_GROUP_ANY | COG_GROUP_STATE | COG_GROUP_TARGET,
     .summary = "say who promotes into a target, or into any",
     .text = "Without a target, by flag or variable, all locks in the state folder are listed.\n",
     .exits = LOCK_STATUS_EXITS,
     .example = "cogpromote lock status --target env-production\n"},
    {.id = COG_VERB_LOCK_RELEASE, .name = "lock release",
     .groups = COG_GROUP_ANY | COG_GROUP_STATE | COG_GROUP_TARGET,
     .needs = COG_NEED_TARGET,
     .summary = "free a target's lock, whoever holds it",
     .text = "For a lock whose run will not come back. Where it can, 'cogpromote resume' is the\n"
             "better way: it frees the lock and settles the run.\n",
     .exits = LOCK_RELEASE_EXITS,
     .example = "cogpromote lock release --target env-production\n"},
};
/* clang-format on */

_Static_assert(sizeof VERBS / sizeof VERBS[0] <= VERBS_MAX, "fail_unknown has room for all");

const struct cog_verb *cog_verb(size_t index)
{
    return index < sizeof VERBS / sizeof VERBS[0] ? &VERBS[index] : NULL;
}

bool cog_verb_belongs_to(const struct cog_verb *verb, const char *family)
{
    size_t length = strlen(family);
    return strncmp(verb->name, family, length) == 0 && verb->name[length] == ' ';
}

bool cog_verb_is_family(const char *word)
{
    const struct cog_verb *verb = NULL;
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        if (cog_verb_belongs_to(verb, word)) {
            return true;
        }
    }
    return false;
}

/** Appends "'verify' or 'show'": what may follow a family's word. */
static void append_members(struct cog_text *text, const char *family)
{
    const struct cog_verb *verb = NULL;
    const char *separator = "";
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        if (cog_verb_belongs_to(verb, family)) {
            cog_text_append_format(text, "%s'%s'", separator, verb->name + strlen(family) + 1);
            separator = " or ";
        }
    }
}

static enum cog_code fail_unknown(const char *word, struct cog_error *error)
{
    char firsts[VERBS_MAX][32];
    const char *candidates[VERBS_MAX + 1] = {NULL};
    const struct cog_verb *verb = NULL;
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        size_t length = strcspn(verb->name, " ");
        memcpy(firsts[i], verb->name, length);
        firsts[i][length] = '\0';
        candidates[i] = firsts[i];
    }
    const char *nearest = cog_string_nearest(word, candidates);
    if (nearest == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "unknown verb '%s'", word);
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION, "unknown verb '%s', did you mean '%s'?",
                         word, nearest);
}

static enum cog_code fail_family(const char *family, const char *word, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text expected = {0};
    append_members(&expected, family);
    if (word == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "'%s' needs a second word: %s", family,
                             cog_text_string(&expected));
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION, "unknown verb '%s %s', expected %s",
                         family, word, cog_text_string(&expected));
}

enum cog_code cog_verb_find(size_t word_count, char *const *words, const struct cog_verb **out_verb,
                            size_t *out_word_count, struct cog_error *error)
{
    const char *first = words[0];
    /* A flag is no second word. */
    const char *second = word_count > 1 && words[1][0] != '-' ? words[1] : NULL;
    const struct cog_verb *verb = NULL;
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        bool is_pair = cog_verb_belongs_to(verb, first) && second != NULL &&
                       strcmp(verb->name + strlen(first) + 1, second) == 0;
        if (is_pair || strcmp(verb->name, first) == 0) {
            *out_verb = verb;
            *out_word_count = is_pair ? 2 : 1;
            return COG_OK;
        }
    }
    return cog_verb_is_family(first) ? fail_family(first, second, error)
                                     : fail_unknown(first, error);
}
