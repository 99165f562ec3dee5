/* What strikes the client of a sample: signals, deaths, its clock, its disk. */
#include "explore/swarm/sample.h"

#include <cogbase/duration.h>

#include <stdio.h>

enum {
    JSON_SIZE = 256,
    NAME_SIZE = 64,
    TIME_MS_MAX = 90000,
    WRITES_MAX = 30,
    REQUESTS_MAX = 45,
    OPERATIONS_MAX = 12,
    FAMILY_PERCENT = 45,
    KILLS_MAX = 3,
};

/* {"client": {LIST: [ENTRY]}} */
static enum cog_code add(struct scn_faults *faults, const char *list, const char *entry,
                         const char *kind)
{
    char json[JSON_SIZE + NAME_SIZE];
    (void)snprintf(json, sizeof json, "{\"client\":{\"%s\":[%s]}}", list, entry);
    const struct scn_fault_parts parts = {.site = list, .kind = kind, .phase = list};
    return scn_faults_add(faults, &parts, cJSON_Parse(json));
}

/* Any moment of the first minutes; more likely one at which something happens. */
static const char *draw_time(struct scn_dice *dice, char text[COG_DURATION_TEXT_SIZE])
{
    const int time_ms = scn_dice_up_to(dice, TIME_MS_MAX);
    return cog_duration_format(scn_dice_chance(dice, 70) ? time_ms - time_ms % 1000 : time_ms,
                               text);
}

static enum cog_code add_kills(struct scn_dice *dice, struct scn_faults *faults)
{
    static const char *const kinds[] = {"after_request", "after_journal_write", "in_journal_write",
                                        NULL};
    enum cog_code code = COG_OK;
    for (int i = scn_dice_up_to(dice, KILLS_MAX - 1); code == COG_OK && i >= 0; i--) {
        const char *kind = scn_dice_pick(dice, kinds);
        const int limit = kind == kinds[0] ? REQUESTS_MAX : WRITES_MAX;
        char entry[JSON_SIZE];
        char name[NAME_SIZE];
        const int number = 1 + scn_dice_up_to(dice, limit - 1);
        (void)snprintf(entry, sizeof entry, "{\"%s\":%d%s}", kind, number,
                       scn_dice_chance(dice, 25) ? ",\"moved\":true" : "");
        (void)snprintf(name, sizeof name, "%s_%d", kind, number);
        code = add(faults, "kills", entry, name);
    }
    return code;
}

static enum cog_code add_signal(struct scn_dice *dice, struct scn_faults *faults)
{
    static const char *const signals[] = {"SIGINT", "SIGTERM", NULL};
    char entry[JSON_SIZE];
    char name[NAME_SIZE];
    char at[COG_DURATION_TEXT_SIZE];
    const char *signal = scn_dice_pick(dice, signals);
    (void)draw_time(dice, at);
    (void)snprintf(entry, sizeof entry, "{\"at\":\"%s\",\"signal\":\"%s\"}", at, signal);
    (void)snprintf(name, sizeof name, "%s_at_%s", signal, at);
    return add(faults, "events", entry, name);
}

static enum cog_code add_step(struct scn_dice *dice, struct scn_faults *faults)
{
    static const char *const steps[] = {"+1s", "+1h", "-30s", "-1h", "-1d", "+365d", NULL};
    char entry[JSON_SIZE];
    char name[NAME_SIZE];
    char at[COG_DURATION_TEXT_SIZE];
    const char *step = scn_dice_pick(dice, steps);
    (void)draw_time(dice, at);
    (void)snprintf(entry, sizeof entry, "{\"at\":\"%s\",\"step\":\"%s\"}", at, step);
    (void)snprintf(name, sizeof name, "%s_at_%s", step, at);
    return add(faults, "clock", entry, name);
}

static enum cog_code add_storage(struct scn_dice *dice, struct scn_faults *faults)
{
    static const char *const places[] = {
        "\"append\",\"file\":\"journal/*\"",  "\"append\",\"file\":\"audit.jsonl\"",
        "\"update\",\"file\":\"outbox/*\"",   "\"update\",\"file\":\"locks/*\"",
        "\"read\",\"file\":\"audit.jsonl\"",  "\"read\",\"file\":\"journal/*\"",
        "\"list\",\"file\":\"journal/*\"",    "\"read\",\"file\":\"locks/*\"",
        "\"probe\",\"file\":\"audit.jsonl\"", NULL,
    };
    static const char *const failures[] = {"EIO", "ENOSPC", "EROFS", "EACCES", "short_write", NULL};
    char entry[JSON_SIZE];
    char name[NAME_SIZE];
    const char *failure = scn_dice_pick(dice, failures);
    const int number = 1 + scn_dice_up_to(dice, OPERATIONS_MAX - 1);
    (void)snprintf(entry, sizeof entry, "{\"operation\":%s,\"%s\":%d,\"fail\":\"%s\"}",
                   scn_dice_pick(dice, places), scn_dice_chance(dice, 70) ? "nth" : "from", number,
                   failure);
    (void)snprintf(name, sizeof name, "%s_%d", failure, number);
    return add(faults, "storage", entry, name);
}

enum cog_code scn_sample_client(struct scn_dice *dice, uint64_t seed, struct scn_faults *faults)
{
    static const struct {
        const char *name;
        enum cog_code (*add)(struct scn_dice *dice, struct scn_faults *faults);
    } families[] = {
        {"kills", add_kills},
        {"events", add_signal},
        {"clock", add_step},
        {"storage", add_storage},
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof families / sizeof families[0]; i++) {
        if (scn_dice_is_on(seed, families[i].name) && scn_dice_chance(dice, FAMILY_PERCENT)) {
            code = families[i].add(dice, faults);
        }
    }
    return code;
}
