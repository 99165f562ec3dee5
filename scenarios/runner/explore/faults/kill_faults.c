/* The client dies as by `kill -9`, and another process resumes: here, or on another machine. */
#include "explore/faults/families.h"

#include <stdio.h>
#include <string.h>

enum { SITE_SIZE = 64 };

/* Where a process dies, as `kills` has it. */
struct point {
    const char *site;
    size_t order;
    int number; /* Of the process's writes, requests or events. */
};

struct way {
    const char *name;
    const char *key;
    const char *more;
};

static const struct way ways_of_writes[] = {
    {"killed_after", "after_journal_write", ""},
    {"killed_within", "in_journal_write", ""},
    {"killed_after_and_moved", "after_journal_write", ",\"moved\":true"},
    {NULL, NULL, NULL},
};

static const struct way ways_of_requests[] = {
    {"killed_after", "after_request", ""},
    {"killed_after_and_moved", "after_request", ",\"moved\":true"},
    {NULL, NULL, NULL},
};

static const struct way ways_of_events[] = {
    {"killed_after", "after_event", ""},
    {NULL, NULL, NULL},
};

static enum cog_code offer(const struct scn_catalogue *catalogue, const struct point *point,
                           const struct way *ways, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (const struct way *way = ways; code == COG_OK && way->name != NULL; way++) {
        const struct scn_fault_parts parts = {
            .site = point->site, .kind = way->name, .phase = "kill", .order = point->order};
        code = scn_catalogue_offer(catalogue, &parts, faults,
                                   "{\"client\":{\"kills\":[{\"%s\":%d%s}]}}", way->key,
                                   point->number, way->more);
    }
    return code;
}

static enum cog_code list_writes(const struct scn_catalogue *catalogue,
                                 const struct scn_sites *sites, struct scn_faults *faults)
{
    char site[SITE_SIZE];
    struct point point = {.site = site};
    enum cog_code code = COG_OK;
    for (size_t i = sites->victim.file_first; code == COG_OK && i < sites->victim.file_end; i++) {
        const struct scn_file_site *file = &sites->files[i];
        if (file->operation != SCN_STORAGE_APPEND || strcmp(file->file, "journal/*") != 0) {
            continue;
        }
        point.number++;
        point.order = file->order;
        (void)snprintf(site, sizeof site, "process#%d/journal#%d", sites->victim.number,
                       point.number);
        code = offer(catalogue, &point, ways_of_writes, faults);
    }
    return code;
}

static enum cog_code list_requests(const struct scn_catalogue *catalogue,
                                   const struct scn_sites *sites, struct scn_faults *faults)
{
    const struct scn_victim *victim = &sites->victim;
    char site[SITE_SIZE];
    struct point point = {.site = site};
    enum cog_code code = COG_OK;
    for (size_t i = victim->exchange_first; code == COG_OK && i < victim->exchange_end; i++) {
        point.number++;
        point.order = i + 1;
        (void)snprintf(site, sizeof site, "process#%d/request#%d", victim->number, point.number);
        code = offer(catalogue, &point, ways_of_requests, faults);
    }
    return code;
}

static enum cog_code list_events(const struct scn_catalogue *catalogue,
                                 const struct scn_sites *sites, struct scn_faults *faults)
{
    const struct scn_victim *victim = &sites->victim;
    char site[SITE_SIZE];
    struct point point = {.site = site};
    enum cog_code code = COG_OK;
    for (size_t i = victim->event_first; code == COG_OK && i < victim->event_end; i++) {
        point.number++;
        point.order = sites->event_orders[i];
        (void)snprintf(site, sizeof site, "process#%d/event#%d", victim->number, point.number);
        code = offer(catalogue, &point, ways_of_events, faults);
    }
    return code;
}

enum cog_code scn_kill_faults_list(const struct scn_catalogue *catalogue,
                                   const struct scn_sites *sites, struct scn_faults *faults)
{
    if (!sites->victim.is_there) {
        return COG_OK;
    }
    enum cog_code code = list_writes(catalogue, sites, faults);
    if (code == COG_OK) {
        code = list_requests(catalogue, sites, faults);
    }
    return code == COG_OK ? list_events(catalogue, sites, faults) : code;
}
