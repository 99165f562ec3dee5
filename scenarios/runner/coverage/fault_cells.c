/* fault/KIND/CALL: what struck a request, or what its answer asked for. */
#include "coverage/dimension.h"
#include "coverage/retry_after.h"

#include <cogmock/faults.h>
#include <cogmock/script.h>

#include <stdio.h>
#include <string.h>

enum { KIND_SIZE = 48 };

/* With an API's own meaning, or that a proxy in between is known to give. */
static const int statuses[] = {400, 401, 403, 404, 405, 408, 409, 410, 412, 413,
                               415, 422, 425, 429, 500, 502, 503, 504, 507, 0};
static const int redirects[] = {301, 302, 303, 307, 308, 0};

static bool is_in(const int *list, int number)
{
    while (*list != 0 && *list != number) {
        list++;
    }
    return *list != 0;
}

/* A stub is a path that the scenario adds: the client asks for none. */
static bool is_asked_for(const char *call)
{
    return strcmp(call, "stub") != 0 && strcmp(call, "unknown") != 0;
}

static void note_every_call(struct scn_cells *cells, const char *kind)
{
    const char *const *calls = mock_call_names();
    for (int i = 0; calls[i] != NULL; i++) {
        if (is_asked_for(calls[i])) {
            scn_cells_note(cells, "fault/%s/%s", kind, calls[i]);
        }
    }
}

static void list_kind(struct scn_cells *cells, const char *kind)
{
    if (strcmp(mock_fault_kind_phase(kind), "connect") == 0) {
        scn_cells_note(cells, "fault/%s/connect", kind);
    } else if (strcmp(kind, "redirect") != 0) {
        note_every_call(cells, kind);
    }
}

static void list_statuses(struct scn_cells *cells)
{
    char kind[KIND_SIZE];
    for (int i = 0; statuses[i] != 0; i++) {
        (void)snprintf(kind, sizeof kind, "status_%d", statuses[i]);
        note_every_call(cells, kind);
        (void)snprintf(kind, sizeof kind, "status_%d_applied", statuses[i]);
        note_every_call(cells, kind);
    }
    for (int i = 0; redirects[i] != 0; i++) {
        (void)snprintf(kind, sizeof kind, "redirect_%d", redirects[i]);
        note_every_call(cells, kind);
    }
}

void scn_list_faults(struct scn_cells *cells)
{
    scn_cells_note(cells, "fault/dns_fail/connect"); /* No kind of the fake's: it has no part. */
    for (const char *const *kind = mock_fault_kind_names(); *kind != NULL; kind++) {
        list_kind(cells, *kind);
    }
    list_statuses(cells);
    for (const char *const *form = scn_retry_after_forms(); *form != NULL; form++) {
        note_every_call(cells, *form);
    }
}

static void reach_kinds(const struct mock_exchange *exchange, struct scn_cells *cells)
{
    for (const char *kind = exchange->fault_kinds; kind != NULL && *kind != '\0';) {
        const size_t length = strcspn(kind, " ");
        scn_cells_note(cells, "fault/%.*s/%s", (int)length, kind, exchange->call);
        kind += length;
        kind += strspn(kind, " ");
    }
}

/* Also of the world's own accord: to the client it is the same. */
static void reach_status(const struct mock_exchange *exchange, struct scn_cells *cells)
{
    char applied[KIND_SIZE];
    (void)snprintf(applied, sizeof applied, "status_%d_applied", exchange->status);
    const bool is_injected_behind =
        exchange->fault_kinds != NULL && strstr(exchange->fault_kinds, applied) != NULL;
    if (!exchange->is_whole || is_injected_behind) {
        return;
    }
    if (is_in(statuses, exchange->status)) {
        scn_cells_note(cells, "fault/status_%d/%s", exchange->status, exchange->call);
    } else if (is_in(redirects, exchange->status)) {
        scn_cells_note(cells, "fault/redirect_%d/%s", exchange->status, exchange->call);
    }
}

void scn_reach_faults(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells)
{
    (void)rulings;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (!is_asked_for(exchange->call)) {
            continue;
        }
        reach_kinds(exchange, cells);
        reach_status(exchange, cells);
        const char *form = exchange->is_whole ? scn_retry_after_form(exchange) : NULL;
        if (form != NULL) {
            scn_cells_note(cells, "fault/%s/%s", form, exchange->call);
        }
    }
}
