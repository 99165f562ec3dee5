/* What can go wrong with the client itself and with what the server means: all of it is listed, and
 * can be run. */
#include "explore/base.h"
#include "explore/faults/families.h"

#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(families, .timeout = 60.0);

enum { PATH_SIZE = 1024 };

/* A base with the faults of some kinds, or phases. */
struct rig {
    struct scn_catalogue catalogue;
    struct scn_base base;
};

static const struct scn_experiment_options options = {.seed = 1, .repeat_count = 1};

static void rig_init(struct rig *rig, const char *name, const char *const *kinds)
{
    struct scn_catalogue_filter filter = {0};
    struct cog_error error = {0};
    char path[PATH_SIZE];
    while (*kinds != NULL) {
        filter.kinds[filter.kind_count++] = *kinds++;
    }
    *rig = (struct rig){0};
    (void)snprintf(path, sizeof path, "%s/%s.jsonc", BASES_FOLDER, name);
    ASSERT_CODE(scn_catalogue_init(&rig->catalogue, &filter), COG_OK, error);
    const struct scn_base_source source = {.path = path};
    ASSERT_CODE(scn_base_read(&source, &rig->catalogue, &options, &rig->base, &error), COG_OK,
                error);
}

static void rig_finish(struct rig *rig)
{
    scn_base_finish(&rig->base);
    scn_catalogue_finish(&rig->catalogue);
}

static const char *const all_phases[] = {
    "signal", "kill", "storage", "clock", "lock", "deadline", "option", "token", "meaning", NULL,
};

static size_t count_of(const struct scn_faults *faults, const char *phase)
{
    size_t count = 0;
    for (size_t i = 0; i < faults->count; i++) {
        count += strcmp(faults->items[i].phase, phase) == 0 ? 1 : 0;
    }
    return count;
}

static const struct scn_fault *find(const struct scn_faults *faults, const char *name)
{
    char text[SCN_FAULT_NAME_SIZE];
    for (size_t i = 0; i < faults->count; i++) {
        if (strcmp(scn_fault_name(&faults->items[i], text), name) == 0) {
            return &faults->items[i];
        }
    }
    return NULL;
}

Test(families, list_what_there_is_in_a_run)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "promotion", all_phases);
    const struct scn_sites *sites = &rig.base.clean.sites;
    const struct scn_victim *victim = &sites->victim;
    size_t appends = 0;
    size_t journal = 0;
    for (size_t i = 0; i < sites->file_count; i++) {
        const bool is_append = sites->files[i].operation == SCN_STORAGE_APPEND;
        appends += is_append ? 1 : 0;
        journal += is_append && strcmp(sites->files[i].file, "journal/*") == 0 ? 1 : 0;
    }

    /* 0 s, 5 s, 10 s, and one between each two. */
    EXPECT_INT(sites->moment_count, 5);
    EXPECT_INT(count_of(&rig.base.faults, "signal"), 5 * 5);
    EXPECT_INT(count_of(&rig.base.faults, "clock"), 5 * 8);
    EXPECT_INT(count_of(&rig.base.faults, "lock"), 5 + 4);
    /* Four failures and half a write, once and from then on. */
    cr_expect(appends > journal && journal > 0);
    EXPECT_INT(count_of(&rig.base.faults, "storage"), 2 * (4 * sites->file_count + appends));
    EXPECT_INT(victim->number, 1);
    EXPECT_INT(victim->exchange_end, sites->count);
    EXPECT_INT(count_of(&rig.base.faults, "kill"),
               3 * journal + 2 * sites->count + sites->event_count);
}

Test(families, find_the_place_of_a_fault_in_the_run)
{
    static const struct {
        const char *name;
        size_t order;
    } rows[] = {
        {"client@0s SIGINT", 0},
        {"client@2.5s SIGTERM_rolls_back", 10},
        {"process#1/journal#1 killed_within", 0},
        {"process#1/request#9 killed_after", 9},
        {"append audit.jsonl#1 ENOSPC", 20},
        {"clock@5s too_fast", 10},
        {"lock held_elsewhere", 0},
        {"lock@10s stolen", 11},
        {"timeout@5s just_before", 10},
        {"token@10s expires", 11},
        {"server@5s down_for_a_while", 10},
        {"job copies_nothing", 0},
    };
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "promotion", all_phases);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct scn_fault *fault = find(&rig.base.faults, rows[i].name);

        cr_assert(fault != NULL, "%s", rows[i].name);
        cr_expect(fault->order == rows[i].order, "%s: %zu", rows[i].name, fault->order);
    }
}

/* Whether it is the first one of its phase and kind. */
static bool is_first(const struct scn_faults *faults, size_t index)
{
    const struct scn_fault *fault = &faults->items[index];
    for (size_t i = 0; i < index; i++) {
        if (strcmp(faults->items[i].kind, fault->kind) == 0 &&
            strcmp(faults->items[i].phase, fault->phase) == 0) {
            return false;
        }
    }
    return true;
}

Test(families, each_kind_can_be_run_and_breaks_no_rule)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "rollback", all_phases);

    for (size_t i = 0; i < rig.base.faults.count; i++) {
        const struct scn_fault *fault = &rig.base.faults.items[i];
        COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
        struct cog_error error = {0};
        if (!is_first(&rig.base.faults, i)) {
            continue;
        }

        enum cog_code code = scn_base_try(&rig.base, &fault, 1, &options, &experiment, &error);

        cr_expect(code == COG_OK, "%s %s: %s", fault->site, fault->kind, error.message);
        cr_expect(experiment.verdict == SCN_PASS, "%s %s", fault->site, fault->kind);
    }
}

Test(families, what_is_killed_next_is_the_process_that_lives)
{
    static const char *const kill[] = {"kill", NULL};
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "resumed", kill);

    EXPECT_INT(rig.base.clean.sites.victim.number, 2);
    cr_expect(find(&rig.base.faults, "process#2/journal#1 killed_after") != NULL);
    cr_expect(find(&rig.base.faults, "process#1/journal#1 killed_after") == NULL);
}

Test(families, a_connection_late_in_a_run_has_a_time_that_scenarios_can_have)
{
    static const char *const refused[] = {"refused", NULL};
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "promotion", refused);
    const struct scn_site late = {.call = "status", .nth = 9, .attempt = 1, .at_ms = 65000};
    const struct scn_sites sites = {.items = (struct scn_site *)&late, .count = 1};
    struct scn_faults faults = {0};

    EXPECT_INT(scn_catalogue_append_connections(&rig.catalogue, &sites, &faults), COG_OK);

    cr_assert(faults.count > 0);
    const cJSON *list = cJSON_GetObjectItem(faults.items[0].patch, "faults");
    const cJSON *from = cJSON_GetObjectItem(cJSON_GetArrayItem(list, 0), "from");
    EXPECT_STR(cJSON_GetStringValue(from), "65000ms");
    scn_faults_finish(&faults);
}
