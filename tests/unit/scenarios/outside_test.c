/* What can go wrong around a client that is not ours, and when. */
#include "explore/faults/outside.h"

#include "explore/base.h"
#include "foreign/ending.h"
#include "forged.h"
#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(outside, .timeout = 60.0);

enum { PATH_SIZE = 1024, ROUGH_MS = 1000 };

/* The faults of a base of ours, as far as that scope goes. */
static void list(enum scn_catalogue_scope scope, struct scn_base *base)
{
    static const struct scn_experiment_options options = {.seed = 1, .repeat_count = 1};
    const struct scn_catalogue_filter filter = {.scope = scope};
    COG_CLEANUP(scn_catalogue_finish) struct scn_catalogue catalogue = {0};
    struct cog_error error = {0};
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/promotion.jsonc", BASES_FOLDER);
    const struct scn_base_source source = {.path = path};
    ASSERT_CODE(scn_catalogue_init(&catalogue, &filter), COG_OK, error);
    ASSERT_CODE(scn_base_read(&source, &catalogue, &options, base, &error), COG_OK, error);
}

static size_t count_phase(const struct scn_base *base, const char *phase)
{
    size_t count = 0;
    for (size_t i = 0; i < base->faults.count; i++) {
        count += strcmp(base->faults.items[i].phase, phase) == 0 ? 1 : 0;
    }
    return count;
}

Test(outside, leaves_out_what_only_our_client_has_inside)
{
    static const char *const inside[] = {"signal", "kill",     "storage", "clock",
                                         "lock",   "deadline", "option"};
    COG_CLEANUP(scn_base_finish) struct scn_base all = {0};
    COG_CLEANUP(scn_base_finish) struct scn_base base = {0};

    list(SCN_SCOPE_ALL, &all);
    list(SCN_SCOPE_OUTSIDE, &base);

    size_t inside_count = 0;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        cr_expect(count_phase(&all, inside[i]) > 0, "%s", inside[i]);
        cr_expect(count_phase(&base, inside[i]) == 0, "%s", inside[i]);
        inside_count += count_phase(&all, inside[i]);
    }
    cr_expect(base.faults.count == all.faults.count - inside_count);
    cr_expect(!scn_outside_has("tls_expired", "connect"));
}

Test(outside, tries_one_of_each_sort_where_nobody_says_what_to_try)
{
    static const char *const phases[] = {"connect", "send",  "after_apply", "status", "response",
                                         "body",    "token", "retry_after", "meaning"};
    COG_CLEANUP(scn_base_finish) struct scn_base all = {0};
    COG_CLEANUP(scn_base_finish) struct scn_base base = {0};

    list(SCN_SCOPE_OUTSIDE, &all);
    list(SCN_SCOPE_TYPICAL, &base);

    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        cr_expect(count_phase(&base, phases[i]) > 0, "%s", phases[i]);
    }
    cr_expect(base.faults.count * 5 < all.faults.count, "%zu of %zu", base.faults.count,
              all.faults.count);
}

Test(outside, tries_of_a_call_its_first_request_and_the_second_poll)
{
    static const struct {
        const char *site;
        const char *kind;
        bool is_typical;
    } rows[] = {
        {"promote#1/a1", "status_503_applied", true},
        {"promote#1/a1", "timeout_after_apply", true},
        {"status#1/a1", "timeout_after_apply", false},
        {"status#2/a1", "not_json", true},
        {"health#2/a1", "not_json", false},
        {"status#1/a2", "not_json", false},
        {"status#1..", "status_500", true},
        {"status#1..", "status_503", false},
        {"status#2..", "status_500", false},
        {"connect@3s", "refused_4s", true},
        {"connect@3s", "connect_timeout", false},
        {"job", "hangs_at_once", true},
        {"rollback", "hangs", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(scn_outside_is_typical(rows[i].site, rows[i].kind) == rows[i].is_typical, "%s %s",
                  rows[i].site, rows[i].kind);
    }
}

Test(outside, strikes_in_real_time_between_requests_that_are_some_time_apart)
{
    struct forged world;
    static const struct scn_ending ending = {.scale = 60};
    COG_CLEANUP(scn_sites_finish) struct scn_sites sites = {0};
    struct cog_error error = {0};
    forged_init_promoted(&world);
    world.facts.ending = &ending;
    world.facts.process_count = 1;
    world.facts.starts = NULL;

    ASSERT_CODE(scn_sites_read(&world.facts, &sites), COG_OK, error);

    cr_assert(sites.count > 2);
    cr_assert(sites.moment_count > 1);
    EXPECT_INT(sites.items[0].at_ms, 0);
    for (size_t i = 1; i < sites.count; i++) {
        const struct scn_site *site = &sites.items[i];
        const int64_t before_ms = world.exchanges[i - 1].at_ms;
        const int64_t gap_ms = world.exchanges[i].at_ms - before_ms;
        EXPECT_INT(site->at_ms, gap_ms >= ROUGH_MS ? before_ms + gap_ms / 2 : site[-1].at_ms);
    }
    for (size_t i = 1; i < sites.moment_count; i++) {
        cr_expect(sites.moments[i].at_ms >= sites.moments[i - 1].at_ms + ROUGH_MS / 2);
    }
    cr_expect(!sites.victim.is_there);
}
