#include "explore/faults/site.h"

#include "explore/faults/moment.h"

#include <cogmock/script.h>

#include <stdlib.h>
#include <string.h>

enum { ROUGH_MS = 1000 };

/* The name that lives for ever; NULL for requests that no fault can address. */
static const char *find_call(const char *name)
{
    const char *const *calls = mock_call_names();
    while (*calls != NULL && strcmp(*calls, name) != 0) {
        calls++;
    }
    return *calls != NULL && strcmp(*calls, "unknown") != 0 ? *calls : NULL;
}

/* Of a client in real time: in the middle between two requests, where the next run may well have it
 * too. What comes right behind another one cannot be told from it. */
static int64_t find_time(const struct scn_facts *facts, size_t index, int64_t before_ms)
{
    const struct mock_exchange *exchange = &facts->exchanges[index];
    if (facts->ending == NULL) {
        return exchange->at_ms;
    }
    const int64_t gap_ms = index > 0 ? exchange->at_ms - exchange[-1].at_ms : 0;
    return gap_ms >= ROUGH_MS ? exchange->at_ms - gap_ms / 2 : before_ms;
}

static bool read_requests(const struct scn_facts *facts, struct scn_sites *sites)
{
    enum cog_code code = COG_OK;
    sites->items = calloc(facts->exchange_count + 1, sizeof *sites->items);
    for (size_t i = 0; sites->items != NULL && code == COG_OK && i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        const char *call = find_call(exchange->call);
        if (call != NULL) {
            struct scn_site *site = &sites->items[sites->count++];
            *site = (struct scn_site){
                .call = call,
                .nth = exchange->nth,
                .attempt = exchange->attempt,
                .at_ms = find_time(facts, i, sites->count > 1 ? site[-1].at_ms : 0),
                .order = i + 1,
            };
            code = scn_course_read_rest(facts, exchange, site->rest);
        }
    }
    return sites->items != NULL && code == COG_OK;
}

static int count_before(const struct scn_sites *sites, const struct scn_operation *operation)
{
    int count = 0;
    for (size_t i = 0; i < sites->file_count; i++) {
        const struct scn_file_site *file = &sites->files[i];
        count += file->operation == operation->operation && file->file == operation->file ? 1 : 0;
    }
    return count;
}

static bool read_files(const struct scn_facts *facts, struct scn_sites *sites)
{
    sites->files = calloc(facts->operation_count + 1, sizeof *sites->files);
    for (size_t i = 0; sites->files != NULL && i < facts->operation_count; i++) {
        const struct scn_operation *operation = &facts->operations[i];
        const int nth = count_before(sites, operation) + 1;
        sites->files[sites->file_count++] = (struct scn_file_site){
            .operation = operation->operation,
            .file = operation->file,
            .nth = nth,
            .order = operation->exchange_count,
        };
    }
    return sites->files != NULL;
}

static bool read_events(const struct scn_facts *facts, struct scn_sites *sites)
{
    sites->event_orders = calloc(facts->event_count + 1, sizeof *sites->event_orders);
    for (size_t i = 0; sites->event_orders != NULL && i < facts->event_count; i++) {
        sites->event_orders[sites->event_count++] = facts->events[i].exchange_count;
    }
    return sites->event_orders != NULL;
}

/* Each process that died was followed by another one. */
static void find_victim(const struct scn_facts *facts, struct scn_victim *out_victim)
{
    size_t index = 0;
    for (size_t i = 0; facts->starts != NULL && i < facts->process_count; i++) {
        index += facts->starts[i].is_after_kill ? 1 : 0;
    }
    if (facts->starts == NULL || index >= facts->process_count || facts->unused_kill_count > 0) {
        return;
    }
    const struct scn_start *start = &facts->starts[index];
    const bool is_last = index + 1 == facts->process_count;
    *out_victim = (struct scn_victim){
        .is_there = true,
        .number = (int)index + 1,
        .exchange_first = start->exchange_count,
        .exchange_end = is_last ? facts->exchange_count : start[1].exchange_count,
        .file_first = start->operation_count,
        .file_end = is_last ? facts->operation_count : start[1].operation_count,
        .event_first = start->event_count,
        .event_end = is_last ? facts->event_count : start[1].event_count,
    };
}

enum cog_code scn_sites_read(const struct scn_facts *facts, struct scn_sites *out_sites)
{
    struct scn_sites sites = {0};
    if (!read_requests(facts, &sites) || !read_files(facts, &sites) ||
        !read_events(facts, &sites) || !scn_moments_read(facts, &sites)) {
        scn_sites_finish(&sites);
        return COG_ERROR_MEMORY;
    }
    find_victim(facts, &sites.victim);
    *out_sites = sites;
    return COG_OK;
}

const struct scn_site *scn_sites_first(const struct scn_sites *sites, const char *call)
{
    for (size_t i = 0; i < sites->count; i++) {
        if (strcmp(sites->items[i].call, call) == 0) {
            return &sites->items[i];
        }
    }
    return NULL;
}

const struct scn_site *scn_sites_find(const struct scn_sites *sites, const char *call, int nth)
{
    const struct scn_site *found = NULL;
    for (size_t i = 0; i < sites->count; i++) {
        const struct scn_site *site = &sites->items[i];
        if (site->nth == nth && strcmp(site->call, call) == 0) {
            found = site;
        }
    }
    return found;
}

void scn_sites_finish(struct scn_sites *sites)
{
    free(sites->items);
    free(sites->moments);
    free(sites->files);
    free(sites->event_orders);
    *sites = (struct scn_sites){0};
}
