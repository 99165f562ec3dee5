#include "explore/faults/fault.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 64 };

static void fault_finish(struct scn_fault *fault)
{
    free(fault->site);
    free(fault->kind);
    cJSON_Delete(fault->patch);
    *fault = (struct scn_fault){0};
}

static bool make_room(struct scn_faults *faults)
{
    if (faults->count < faults->capacity) {
        return true;
    }
    const size_t capacity = faults->capacity > 0 ? faults->capacity * 2 : CAPACITY_MIN;
    struct scn_fault *items = realloc(faults->items, capacity * sizeof *items);
    if (items == NULL) {
        return false;
    }
    faults->items = items;
    faults->capacity = capacity;
    return true;
}

enum cog_code scn_faults_add(struct scn_faults *faults, const struct scn_fault_parts *parts,
                             cJSON *patch)
{
    struct scn_fault fault = {
        .site = cog_string_clone(parts->site, strlen(parts->site)),
        .kind = cog_string_clone(parts->kind, strlen(parts->kind)),
        .phase = parts->phase,
        .call = parts->call,
        .nth = parts->nth,
        .order = parts->order,
        .patch = patch,
    };
    if (fault.site == NULL || fault.kind == NULL || patch == NULL || !make_room(faults)) {
        fault_finish(&fault);
        return COG_ERROR_MEMORY;
    }
    faults->items[faults->count++] = fault;
    return COG_OK;
}

void scn_faults_cut(struct scn_faults *faults, size_t count)
{
    while (faults->count > count) {
        fault_finish(&faults->items[--faults->count]);
    }
}

const char *scn_fault_name(const struct scn_fault *fault, char text[SCN_FAULT_NAME_SIZE])
{
    (void)snprintf(text, SCN_FAULT_NAME_SIZE, "%s %s", fault->site, fault->kind);
    return text;
}

void scn_faults_finish(struct scn_faults *faults)
{
    scn_faults_cut(faults, 0);
    free(faults->items);
    *faults = (struct scn_faults){0};
}
