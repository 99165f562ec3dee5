#include "explore/faults/outside.h"

#include <fnmatch.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 256 };

static const char *const phases[] = {
    "connect", "send",        "after_apply", "response", "status",
    "body",    "retry_after", "token",       "meaning",  NULL,
};

/* Of one request: one of each way to handle it. */
static const char *const kinds[] = {
    "reset_before_body",
    "reset_after_apply",
    "reset_after_headers",
    "truncated_body",
    "redirect_302",
    "status_400",
    "status_401",
    "status_403",
    "status_404",
    "status_409",
    "status_500",
    "status_503",
    "status_503_applied",
    "status_429_retry_after_seconds",
    "status_429_retry_after_imf_fixdate",
    "status_503_retry_after_seconds",
    "empty_body",
    "not_json",
    "wrong_types",
    "missing_fields",
    "unknown_status",
    "other_id",
    NULL,
};

/* Whatever is no single request, as patterns of names; and an answer that never comes, for which
 * clients wait long, to what acts. */
static const char *const others[] = {
    "promote#1/a1 timeout_after_apply",
    "rollback#1/a1 timeout_after_apply",
    "*#1.. status_500",
    "connect@* refused",
    "connect@* refused_4s",
    "connect@* reset_on_accept_once",
    "token@* expires",
    "token@* revoked",
    "server@* down_for_a_while",
    "server@* falls_ill",
    "server@* sessions_open",
    "job completes_at_once",
    "job fails_at_once",
    "job fails_half_way",
    "job hangs_at_once",
    "rollback of_a_failed_job_automatic",
    "rollback of_a_failed_job_ends_at_once",
    "rollback of_a_failed_job_fails",
    "rollback of_a_failed_job_hangs",
    "rollback of_a_failed_job_irreversible",
    "status progress_*",
    "conversation matches_nothing",
    "sessions in_the_source",
    "sessions never_drain",
    "health ill_for_a_while",
    "health ill_for_ever",
    "polls every_seven_seconds",
    "rate_limit each_call",
    "rate_limit tight_window",
    "hooks 500_once",
    "oauth another_secret",
    "oauth missing_scope",
    NULL,
};

static bool has(const char *const *list, const char *word)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], word) == 0) {
            return true;
        }
    }
    return false;
}

bool scn_outside_has(const char *kind, const char *phase)
{
    return has(phases, phase) && strncmp(kind, "tls_", strlen("tls_")) != 0;
}

bool scn_outside_is_typical(const char *site, const char *kind)
{
    char name[NAME_SIZE];
    const bool is_first = fnmatch("*#1/a1", site, 0) == 0 || strcmp(site, "status#2/a1") == 0;
    if (is_first && has(kinds, kind)) {
        return true;
    }
    (void)snprintf(name, sizeof name, "%s %s", site, kind);
    for (size_t i = 0; others[i] != NULL; i++) {
        if (fnmatch(others[i], name, 0) == 0) {
            return true;
        }
    }
    return false;
}
