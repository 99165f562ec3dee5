#include "explore/swarm/sample.h"

#include "explore/composition.h"
#include "explore/faults/patch.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogmock/script.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FAULTS_MIN = 3,
    FAULTS_MAX = 10,
    MORE_PERCENT = 45,
    TRIES_MAX = 40,
    NTH_MAX = 4,
    ATTEMPT_MAX = 3,
    SITE_SIZE = 64,
    OUTAGE_MS_MAX = 40000,
    OWN_PERCENT = 30, /* A fault that the base's own list has, with all that is of no call. */
    CONNECT_PERCENT = 12,
};

/* A drawing under way. */
struct drawing {
    const struct scn_sample_ground *ground;
    const struct scn_base *base;
    struct scn_dice dice;
    struct scn_sample *sample;
};

/* How long things go wrong in the first phase. */
static const char *const durations[] = {"2s", "7s", "15s", "40s", "90s", "5m", "20m", NULL};

static bool is_on(const struct drawing *drawing, const char *phase, const char *kind)
{
    return scn_dice_is_on(drawing->sample->seed, phase) &&
           scn_dice_is_on(drawing->sample->seed, kind);
}

/* One that is on, if there is one soon. */
static const struct scn_kind *draw_kind(struct drawing *drawing, const struct scn_kinds *kinds)
{
    const struct scn_kind *kind = NULL;
    for (int i = 0; i < TRIES_MAX; i++) {
        kind = &kinds->items[scn_dice_up_to(&drawing->dice, (int)kinds->count - 1)];
        if (is_on(drawing, kind->phase, kind->name)) {
            break;
        }
    }
    return kind;
}

/* A place of the base's run, or one that only a run in trouble has. */
static struct scn_site draw_site(struct drawing *drawing)
{
    struct scn_dice *dice = &drawing->dice;
    const struct scn_sites *sites = &drawing->base->clean.sites;
    if (sites->count > 0 && scn_dice_chance(dice, 60)) {
        return sites->items[scn_dice_up_to(dice, (int)sites->count - 1)];
    }
    struct scn_site site = {.call = "stub"};
    while (strcmp(site.call, "stub") == 0 || strcmp(site.call, "unknown") == 0) {
        site.call = scn_dice_pick(dice, mock_call_names());
    }
    site.nth = 1 + scn_dice_up_to(dice, NTH_MAX - 1);
    site.attempt = 1 + scn_dice_up_to(dice, ATTEMPT_MAX - 1);
    return site;
}

/* Which requests of the call, and what that is called. */
static bool draw_numbers(struct drawing *drawing, const struct scn_site *site, cJSON *entry,
                         char place[SITE_SIZE])
{
    static const double rates[] = {0.1, 0.3, 0.6, 0.9};
    const int form = scn_dice_up_to(&drawing->dice, 3);
    if (form == 0) {
        const double rate = rates[scn_dice_up_to(&drawing->dice, 3)];
        (void)snprintf(place, SITE_SIZE, "%s %.0f%%", site->call, rate * 100);
        return cJSON_AddNumberToObject(entry, "probability", rate) != NULL;
    }
    if (form == 1) {
        (void)snprintf(place, SITE_SIZE, "%s#%d..", site->call, site->nth);
        return cJSON_AddNumberToObject(entry, "from", site->nth) != NULL;
    }
    (void)snprintf(place, SITE_SIZE, "%s#%d/a%d", site->call, site->nth, site->attempt);
    return cJSON_AddNumberToObject(entry, "nth", site->nth) != NULL &&
           scn_patch_put(entry, "attempts", cJSON_CreateIntArray(&site->attempt, 1));
}

/* Everything ends: behind a time, or so many strikes. */
static bool draw_end(struct drawing *drawing, cJSON *entry)
{
    struct scn_dice *dice = &drawing->dice;
    if (scn_dice_chance(dice, 40) &&
        cJSON_AddNumberToObject(entry, "times", 1 + scn_dice_up_to(dice, 4)) == NULL) {
        return false;
    }
    return cJSON_AddStringToObject(entry, "for", scn_dice_pick(dice, durations)) != NULL;
}

/* {"faults": [ENTRY]} @param entry taken */
static cJSON *wrap(cJSON *entry)
{
    cJSON *patch = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(patch, "faults");
    if (list == NULL || !cJSON_AddItemToArray(list, entry)) {
        cJSON_Delete(entry);
        cJSON_Delete(patch);
        return NULL;
    }
    return patch;
}

static const struct scn_kinds *find_kinds(const struct drawing *drawing, const char *call)
{
    const char *const *calls = mock_call_names();
    size_t index = 0;
    while (strcmp(calls[index], call) != 0) {
        index++;
    }
    return &drawing->ground->catalogue->kinds[index];
}

static enum cog_code add_request_fault(struct drawing *drawing)
{
    const struct scn_site site = draw_site(drawing);
    const struct scn_kinds *kinds = find_kinds(drawing, site.call);
    char place[SITE_SIZE] = "";
    if (kinds->count == 0) {
        return COG_OK;
    }
    const struct scn_kind *kind = draw_kind(drawing, kinds);
    cJSON *entry = cJSON_CreateObject();
    const bool is_whole = cJSON_AddStringToObject(entry, "call", site.call) != NULL &&
                          draw_numbers(drawing, &site, entry, place) && draw_end(drawing, entry) &&
                          scn_patch_put(entry, "inject", cJSON_Duplicate(kind->inject, true));
    if (!is_whole) {
        cJSON_Delete(entry);
        return COG_ERROR_MEMORY;
    }
    const struct scn_fault_parts parts = {
        .site = place,
        .kind = kind->name,
        .phase = kind->phase,
        .call = site.call,
        .nth = site.nth,
        .order = site.order,
    };
    return scn_faults_add(&drawing->sample->faults, &parts, wrap(entry));
}

static enum cog_code add_connection_fault(struct drawing *drawing)
{
    static const char *const kinds[] = {"refused", "connect_timeout", "reset_on_accept", NULL};
    const char *kind = scn_dice_pick(&drawing->dice, kinds);
    char from[COG_DURATION_TEXT_SIZE];
    char place[SITE_SIZE];
    (void)cog_duration_format(scn_dice_up_to(&drawing->dice, OUTAGE_MS_MAX), from);
    (void)snprintf(place, sizeof place, "connect@%s", from);
    cJSON *entry = cJSON_CreateObject();
    const bool is_whole =
        cJSON_AddStringToObject(entry, "inject", kind) != NULL &&
        cJSON_AddStringToObject(entry, "from", from) != NULL &&
        cJSON_AddStringToObject(entry, "for", scn_dice_pick(&drawing->dice, durations)) != NULL;
    if (!is_whole) {
        cJSON_Delete(entry);
        return COG_ERROR_MEMORY;
    }
    const struct scn_fault_parts parts = {.site = place, .kind = kind, .phase = "connect"};
    return scn_faults_add(&drawing->sample->faults, &parts, wrap(entry));
}

/* Of those that are of no request: what the base's own list has of the client and the server. */
static enum cog_code add_own_fault(struct drawing *drawing)
{
    const struct scn_faults *faults = &drawing->base->faults;
    for (int i = 0; faults->count > 0 && i < TRIES_MAX; i++) {
        const struct scn_fault *fault =
            &faults->items[scn_dice_up_to(&drawing->dice, (int)faults->count - 1)];
        if (fault->call == NULL && strcmp(fault->phase, "connect") != 0 &&
            is_on(drawing, fault->phase, fault->kind)) {
            const struct scn_fault_parts parts = {
                .site = fault->site,
                .kind = fault->kind,
                .phase = fault->phase,
                .order = fault->order,
            };
            return scn_faults_add(&drawing->sample->faults, &parts,
                                  cJSON_Duplicate(fault->patch, true));
        }
    }
    return COG_OK;
}

static enum cog_code add_fault(struct drawing *drawing)
{
    if (scn_dice_chance(&drawing->dice, CONNECT_PERCENT) &&
        scn_dice_is_on(drawing->sample->seed, "connect")) {
        return add_connection_fault(drawing);
    }
    return add_request_fault(drawing);
}

static enum cog_code draw(struct drawing *drawing)
{
    struct scn_dice *dice = &drawing->dice;
    int count = FAULTS_MIN;
    while (count < FAULTS_MAX && scn_dice_chance(dice, MORE_PERCENT)) {
        count++;
    }
    enum cog_code code = scn_sample_world(dice, &drawing->sample->faults);
    for (int i = 0; code == COG_OK && i < count; i++) {
        code = add_fault(drawing);
    }
    if (code == COG_OK && scn_dice_chance(dice, OWN_PERCENT)) {
        code = add_own_fault(drawing);
    }
    return code == COG_OK ? scn_sample_client(dice, drawing->sample->seed, &drawing->sample->faults)
                          : code;
}

enum cog_code scn_sample_draw(const struct scn_sample_ground *ground, uint64_t seed,
                              struct scn_sample *out_sample)
{
    COG_CLEANUP(scn_sample_finish) struct scn_sample sample = {.seed = seed};
    struct drawing drawing = {.ground = ground, .sample = &sample};
    scn_dice_init(&drawing.dice, seed);
    sample.base_index = (size_t)scn_dice_up_to(&drawing.dice, (int)ground->base_count - 1);
    drawing.base = &ground->bases[sample.base_index];
    enum cog_code code = draw(&drawing);
    if (code == COG_OK) {
        *out_sample = sample;
        sample = (struct scn_sample){0};
    }
    return code;
}

static cJSON *compose(const struct scn_sample *sample, const struct scn_sample_ground *ground,
                      int exit_code)
{
    const struct scn_base *base = &ground->bases[sample->base_index];
    const struct scn_fault **faults = calloc(sample->faults.count + 1, sizeof(struct scn_fault *));
    char name[SCN_NAME_LENGTH_MAX + 1];
    if (faults == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < sample->faults.count; i++) {
        faults[i] = &sample->faults.items[i];
    }
    (void)snprintf(name, sizeof name, "%.160s, seed %" PRIu64, base->name, sample->seed);
    const struct scn_composition composition = {
        .name = name,
        .base = base->scenario,
        .faults = faults,
        .fault_count = sample->faults.count,
        .exit_code = exit_code,
    };
    cJSON *scenario = scn_compose(&composition);
    free(faults);
    return scenario;
}

char *scn_sample_compose(const struct scn_sample *sample, const struct scn_sample_ground *ground,
                         int exit_code)
{
    COG_CLEANUP(cog_json_finish) cJSON *scenario = compose(sample, ground, exit_code);
    if (scenario == NULL ||
        !scn_patch_put(scenario, "seed", cJSON_CreateNumber((double)sample->seed))) {
        return NULL;
    }
    return cJSON_PrintUnformatted(scenario);
}

void scn_sample_finish(struct scn_sample *sample)
{
    scn_faults_finish(&sample->faults);
    *sample = (struct scn_sample){0};
}
