#include "explore/faults/catalogue.h"

#include "explore/faults/outside.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>
#include <cogmock/script.h>

#include <assert.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SITE_SIZE = 64 };

static bool matches(const char *const *patterns, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (fnmatch(patterns[i], text, 0) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_in_scope(enum scn_catalogue_scope scope, const char *site, const char *kind,
                        const char *phase)
{
    return scope == SCN_SCOPE_ALL ||
           (scn_outside_has(kind, phase) &&
            (scope == SCN_SCOPE_OUTSIDE || scn_outside_is_typical(site, kind)));
}

bool scn_catalogue_wants(const struct scn_catalogue *catalogue, const char *site, const char *kind,
                         const char *phase)
{
    const struct scn_catalogue_filter *filter = &catalogue->filter;
    const bool is_site =
        filter->site_count == 0 || matches(filter->sites, filter->site_count, site);
    const bool is_kind = filter->kind_count == 0 ||
                         matches(filter->kinds, filter->kind_count, kind) ||
                         matches(filter->kinds, filter->kind_count, phase);
    return is_site && is_kind && is_in_scope(filter->scope, site, kind, phase);
}

enum cog_code scn_catalogue_offer(const struct scn_catalogue *catalogue,
                                  const struct scn_fault_parts *parts, struct scn_faults *faults,
                                  const char *format, ...)
{
    if (!scn_catalogue_wants(catalogue, parts->site, parts->kind, parts->phase)) {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    va_list list;
    va_start(list, format);
    cog_text_append_format_list(&text, format, list);
    va_end(list);
    if (text.failed) {
        return COG_ERROR_MEMORY;
    }
    cJSON *patch = cJSON_Parse(cog_text_string(&text));
    return scn_faults_add(faults, parts, patch);
}

enum cog_code scn_catalogue_init(struct scn_catalogue *out_catalogue,
                                 const struct scn_catalogue_filter *filter)
{
    struct scn_catalogue catalogue = {.filter = *filter};
    const char *const *calls = mock_call_names();
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && calls[i] != NULL; i++) {
        assert(i < SCN_CATALOGUE_CALLS_MAX);
        code = scn_kinds_list(calls[i], &catalogue.kinds[i]);
    }
    *out_catalogue = catalogue;
    return code;
}

static const struct scn_kinds *find_kinds(const struct scn_catalogue *catalogue, const char *call)
{
    const char *const *calls = mock_call_names();
    size_t i = 0;
    while (calls[i] != NULL && strcmp(calls[i], call) != 0) {
        i++;
    }
    assert(calls[i] != NULL);
    return &catalogue->kinds[i];
}

/* {"faults": [entry]}, which takes the entry. */
static cJSON *patch_with(cJSON *entry)
{
    cJSON *patch = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(patch, "faults");
    if (list == NULL || entry == NULL || !cJSON_AddItemToArray(list, entry)) {
        cJSON_Delete(entry);
        cJSON_Delete(patch);
        return NULL;
    }
    return patch;
}

/* One attempt, or that call and all later ones. */
static bool add_numbers(cJSON *entry, const struct scn_site *site, bool is_lasting)
{
    if (is_lasting) {
        return cJSON_AddNumberToObject(entry, "from", site->nth) != NULL;
    }
    cJSON *attempts = cJSON_CreateIntArray(&site->attempt, 1);
    if (cJSON_AddNumberToObject(entry, "nth", site->nth) == NULL || attempts == NULL ||
        !cJSON_AddItemToObject(entry, "attempts", attempts)) {
        cJSON_Delete(attempts);
        return false;
    }
    return true;
}

static cJSON *compose_patch(const struct scn_site *site, const struct scn_kind *kind,
                            bool is_lasting)
{
    cJSON *entry = cJSON_CreateObject();
    cJSON *inject = cJSON_Duplicate(kind->inject, true);
    const bool is_done = cJSON_AddStringToObject(entry, "call", site->call) != NULL &&
                         add_numbers(entry, site, is_lasting);
    if (!is_done || inject == NULL || !cJSON_AddItemToObject(entry, "inject", inject)) {
        cJSON_Delete(inject);
        cJSON_Delete(entry);
        return NULL;
    }
    return patch_with(entry);
}

static enum cog_code append(const struct scn_catalogue *catalogue, const struct scn_site *site,
                            bool is_lasting, struct scn_faults *faults)
{
    const struct scn_kinds *kinds = find_kinds(catalogue, site->call);
    char place[SITE_SIZE];
    if (is_lasting) {
        (void)snprintf(place, sizeof place, "%s#%d..", site->call, site->nth);
    } else {
        (void)snprintf(place, sizeof place, "%s#%d/a%d", site->call, site->nth, site->attempt);
    }
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < kinds->count; i++) {
        const struct scn_kind *kind = &kinds->items[i];
        const struct scn_fault_parts parts = {
            .site = place,
            .kind = kind->name,
            .phase = kind->phase,
            .call = site->call,
            .nth = site->nth,
            .order = site->order,
        };
        if (scn_catalogue_wants(catalogue, place, kind->name, kind->phase)) {
            code = scn_faults_add(faults, &parts, compose_patch(site, kind, is_lasting));
        }
    }
    return code;
}

enum cog_code scn_catalogue_append(const struct scn_catalogue *catalogue,
                                   const struct scn_site *site, struct scn_faults *faults)
{
    enum cog_code code = append(catalogue, site, false, faults);
    /* What lasts from a later attempt on is what lasts from the next call on. */
    return code == COG_OK && site->attempt == 1 ? append(catalogue, site, true, faults) : code;
}

/* For a while, in which a patient client tries again, or for ever. */
static const struct connection_kind {
    const char *name;
    const char *inject;
    const char *for_duration; /* NULL: for ever. */
    int connections;          /* 0: any number. */
} connection_kinds[] = {
    {"refused_4s", "refused", "4s", 0},
    {"refused_5m", "refused", "5m", 0},
    {"refused", "refused", NULL, 0},
    {"connect_timeout_40s", "connect_timeout", "40s", 0},
    {"connect_timeout", "connect_timeout", NULL, 0},
    {"reset_on_accept_once", "reset_on_accept", NULL, 1},
    {"reset_on_accept", "reset_on_accept", NULL, 0},
};

static cJSON *compose_connection_patch(int64_t at_ms, const struct connection_kind *kind)
{
    /* As scenarios have it: "1m5s" is for people. */
    char text[COG_DURATION_TEXT_SIZE];
    (void)snprintf(text, sizeof text, "%" PRId64 "ms", at_ms);
    cJSON *entry = cJSON_CreateObject();
    bool is_done = cJSON_AddStringToObject(entry, "inject", kind->inject) != NULL &&
                   cJSON_AddStringToObject(entry, "from", text) != NULL;
    if (is_done && kind->for_duration != NULL) {
        is_done = cJSON_AddStringToObject(entry, "for", kind->for_duration) != NULL;
    }
    if (is_done && kind->connections > 0) {
        is_done = cJSON_AddNumberToObject(entry, "connections", kind->connections) != NULL;
    }
    if (!is_done) {
        cJSON_Delete(entry);
        entry = NULL;
    }
    return patch_with(entry);
}

static enum cog_code append_at(const struct scn_catalogue *catalogue, const struct scn_site *site,
                               struct scn_faults *faults)
{
    char place[SITE_SIZE];
    char text[COG_DURATION_TEXT_SIZE];
    enum cog_code code = COG_OK;
    (void)snprintf(place, sizeof place, "connect@%s", cog_duration_format(site->at_ms, text));
    for (size_t i = 0; i < sizeof connection_kinds / sizeof connection_kinds[0]; i++) {
        const struct connection_kind *kind = &connection_kinds[i];
        const struct scn_fault_parts parts = {
            .site = place, .kind = kind->name, .phase = "connect", .order = site->order};
        if (code == COG_OK && scn_catalogue_wants(catalogue, place, kind->name, "connect")) {
            code = scn_faults_add(faults, &parts, compose_connection_patch(site->at_ms, kind));
        }
    }
    return code;
}

enum cog_code scn_catalogue_append_connections(const struct scn_catalogue *catalogue,
                                               const struct scn_sites *sites,
                                               struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sites->count; i++) {
        /* Connections go by time: what is sent at once is struck at once. */
        if (i == 0 || sites->items[i].at_ms > sites->items[i - 1].at_ms) {
            code = append_at(catalogue, &sites->items[i], faults);
        }
    }
    return code;
}

void scn_catalogue_finish(struct scn_catalogue *catalogue)
{
    for (size_t i = 0; i < SCN_CATALOGUE_CALLS_MAX; i++) {
        scn_kinds_finish(&catalogue->kinds[i]);
    }
    *catalogue = (struct scn_catalogue){0};
}
