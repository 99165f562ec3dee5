/* Which faults there are at the sites of a run, and which of them are wanted. */
#include "explore/faults/catalogue.h"

#include "support/expect.h"

TestSuite(catalogue, .timeout = 30.0);

/* The first attempt of a call, its second one, and a call at the same moment. */
static struct scn_site site_items[] = {
    {.call = "status", .nth = 2, .attempt = 1, .at_ms = 5000, .order = 7},
    {.call = "status", .nth = 2, .attempt = 2, .at_ms = 6000, .order = 8},
    {.call = "health", .nth = 1, .attempt = 1, .at_ms = 6000, .order = 9},
};
static const struct scn_sites sites = {.items = site_items, .count = 3};

/* All faults of the sites that a filter with one pattern of each kind wants; NULL: any. */
static struct scn_faults list(const char *site, const char *kind)
{
    struct scn_catalogue catalogue = {0};
    struct scn_catalogue_filter filter = {
        .sites = {site},
        .site_count = site != NULL ? 1 : 0,
        .kinds = {kind},
        .kind_count = kind != NULL ? 1 : 0,
    };
    struct scn_faults faults = {0};
    cr_assert(scn_catalogue_init(&catalogue, &filter) == COG_OK);
    for (size_t i = 0; i < sites.count; i++) {
        cr_assert(scn_catalogue_append(&catalogue, &sites.items[i], &faults) == COG_OK);
    }
    cr_assert(scn_catalogue_append_connections(&catalogue, &sites, &faults) == COG_OK);
    scn_catalogue_finish(&catalogue);
    return faults;
}

static void expect_names(const struct scn_faults *faults, const char *const *names)
{
    size_t count = 0;
    for (; names[count] != NULL; count++) {
        char name[SCN_FAULT_NAME_SIZE];
        cr_assert(count < faults->count, "%s is missing", names[count]);
        EXPECT_STR(scn_fault_name(&faults->items[count], name), names[count]);
    }
    EXPECT_INT(faults->count, count);
}

/* "from then on" of a later attempt would be that of the next call. */
Test(catalogue, has_each_kind_once_and_from_a_calls_first_attempt_on)
{
    static const char *const names[] = {
        "status#2/a1 status_503", "status#2.. status_503", "status#2/a2 status_503",
        "health#1/a1 status_503", "health#1.. status_503", NULL,
    };
    COG_CLEANUP(scn_faults_finish) struct scn_faults faults = list(NULL, "status_503");

    expect_names(&faults, names);
}

Test(catalogue, addresses_one_attempt_or_that_call_and_all_later_ones)
{
    COG_CLEANUP(scn_faults_finish) struct scn_faults faults = list("status*", "status_503");
    static const char *const patches[] = {
        "{\"faults\":[{\"call\":\"status\",\"nth\":2,\"attempts\":[1],\"inject\":{\"status\":503}}]"
        "}",
        "{\"faults\":[{\"call\":\"status\",\"from\":2,\"inject\":{\"status\":503}}]}",
        "{\"faults\":[{\"call\":\"status\",\"nth\":2,\"attempts\":[2],\"inject\":{\"status\":503}}]"
        "}",
    };
    cr_assert(faults.count == 3);

    for (size_t i = 0; i < faults.count; i++) {
        char *patch = cJSON_PrintUnformatted(faults.items[i].patch);
        EXPECT_STR(patch, patches[i]);
        EXPECT_INT(faults.items[i].order, i < 2 ? 7 : 8);
        cJSON_free(patch);
    }
}

Test(catalogue, takes_patterns_of_sites)
{
    static const char *const later[] = {"status#2/a2 status_503", NULL};
    static const char *const none[] = {NULL};
    COG_CLEANUP(scn_faults_finish) struct scn_faults some = list("status#?/a[2-9]", "status_503");
    COG_CLEANUP(scn_faults_finish) struct scn_faults nothing = list("status", "status_503");

    expect_names(&some, later);
    expect_names(&nothing, none);
}

Test(catalogue, takes_patterns_of_kinds_or_phases)
{
    COG_CLEANUP(scn_faults_finish) struct scn_faults phase = list(NULL, "send");
    COG_CLEANUP(scn_faults_finish) struct scn_faults kind = list(NULL, "status_50[03]");

    cr_assert(phase.count > 0 && kind.count > 0);
    for (size_t i = 0; i < phase.count; i++) {
        EXPECT_STR(phase.items[i].phase, "send");
    }
    EXPECT_INT(kind.count, 2 * 5);
}

Test(catalogue, is_everything_without_a_filter)
{
    static const char *const phases[] = {"send",        "after_apply", "response", "status",
                                         "retry_after", "body",        "connect"};
    COG_CLEANUP(scn_faults_finish) struct scn_faults faults = list(NULL, NULL);

    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        size_t count = 0;
        for (size_t j = 0; j < faults.count; j++) {
            count += strcmp(faults.items[j].phase, phases[i]) == 0 ? 1 : 0;
        }
        cr_expect(count > 0, "%s", phases[i]);
    }
}

Test(catalogue, has_connections_once_for_each_moment)
{
    static const char *const names[] = {"connect@5s refused_4s", "connect@6s refused_4s", NULL};
    COG_CLEANUP(scn_faults_finish) struct scn_faults faults = list(NULL, "refused_4s");

    expect_names(&faults, names);
    EXPECT_INT(faults.items[1].order, 8);
    cr_expect(faults.items[1].call == NULL);
}

Test(catalogue, has_connections_that_fail_once_for_a_while_or_for_ever)
{
    static const struct {
        const char *name;
        const char *patch;
    } rows[] = {
        {"reset_on_accept_once",
         "{\"faults\":[{\"inject\":\"reset_on_accept\",\"from\":\"5000ms\",\"connections\":1}]}"},
        {"refused_4s",
         "{\"faults\":[{\"inject\":\"refused\",\"from\":\"5000ms\",\"for\":\"4s\"}]}"},
        {"connect_timeout", "{\"faults\":[{\"inject\":\"connect_timeout\",\"from\":\"5000ms\"}]}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_faults_finish)
        struct scn_faults faults = list("connect@5s", rows[i].name);
        cr_assert(faults.count == 1, "%s", rows[i].name);
        char *patch = cJSON_PrintUnformatted(faults.items[0].patch);

        EXPECT_STR(patch, rows[i].patch);
        cJSON_free(patch);
    }
}
