#include "explored.h"

#include "support/expect.h"

#include <stdlib.h>

enum { BASE_COUNT = 2 };

static char *clone(const char *string)
{
    char *copy = strdup(string);
    cr_assert(copy != NULL);
    return copy;
}

static char *format_fault(size_t place)
{
    char text[64];
    (void)snprintf(text, sizeof text, "status#%zu/a1 status_503", place);
    return clone(text);
}

static void add_bases(struct scn_exploration *exploration)
{
    exploration->bases = calloc(BASE_COUNT, sizeof *exploration->bases);
    cr_assert(exploration->bases != NULL);
    exploration->base_count = BASE_COUNT;
    exploration->bases[0].name = clone("a promotion that succeeds");
    exploration->bases[0].path = clone("scenarios/bases/promotion.jsonc");
    exploration->bases[0].site_count = 12;
    exploration->bases[1].name = clone("a promotion that is \"resumed\"");
    exploration->bases[1].path = clone("scenarios/bases/resumed.jsonc");
    exploration->bases[1].site_count = 15;
}

static void add_discovery(struct scn_exploration *exploration, size_t base, size_t place, int depth)
{
    struct scn_discovery discovery = {
        .base_index = base,
        .place = place,
        .exit_code = (int)place,
        .scenario = clone("{\n  \"name\": \"a < b\",\n  \"expect\": {\"exit\": 0}\n}"),
    };
    discovery.faults[0] = format_fault(place);
    discovery.faults[1] = depth == 2 ? format_fault(place + 1) : NULL;
    scn_findings_append(&discovery.findings, SCN_FAIL, place == 2 ? "I5" : "I8",
                        "after %zu ms and an \"é\"", place);
    cr_assert(scn_exploration_add(exploration, &discovery) == COG_OK);
}

/* One run, and what it adds. */
static void add_run(struct scn_exploration *exploration, size_t base, size_t place, int depth)
{
    struct scn_effort *effort = &exploration->bases[base].depths[depth - 1];
    const bool is_failure = place == 2 || (place == 4 && depth == 2);
    effort->possible_count += 10;
    effort->run_count += 7;
    effort->idle_count += 1;
    effort->pruned_count += 2;
    effort->failed_count += is_failure ? 1 : 0;
    effort->virtual_ms += 60000;
    exploration->real_ms += 5;
    if (is_failure) {
        add_discovery(exploration, base, place, depth);
    }
    if (depth == 1) {
        const struct scn_matrix_count count = {place == 0 ? NULL : "status", "status", 7,
                                               is_failure ? 1 : 0};
        cr_assert(scn_matrix_add(&exploration->matrix, &count) == COG_OK);
        cr_assert(scn_cells_add(&exploration->cells, "exit/%zu", place) == COG_OK);
        cr_assert(scn_cells_add(&exploration->cells, "fault/status/status") == COG_OK);
    }
    char name[64];
    (void)snprintf(name, sizeof name, "base %zu: place %zu, %d", base, place, depth);
    cr_assert(scn_exploration_note_time(exploration, name, (int64_t)(place * 10 + base)) == COG_OK);
}

void explored_init(struct scn_exploration *exploration, size_t shard_index, size_t shard_count)
{
    *exploration = (struct scn_exploration){0};
    add_bases(exploration);
    for (int depth = 1; depth <= 2; depth++) {
        for (size_t base = 0; base < BASE_COUNT; base++) {
            for (size_t place = 0; place < EXPLORED_PLACES; place++) {
                if (shard_index == 0 || place % shard_count == shard_index - 1) {
                    add_run(exploration, base, place, depth);
                }
            }
        }
    }
}

void explored_init_clean(struct scn_exploration *exploration)
{
    *exploration = (struct scn_exploration){.real_ms = 2000};
    add_bases(exploration);
    exploration->bases[0].depths[0] = (struct scn_effort){
        .possible_count = 12345,
        .run_count = 10000,
        .idle_count = 345,
        .pruned_count = 2000,
        .virtual_ms = 3600000,
    };
}

struct scn_exploration_origin explored_origin(size_t shard_index, size_t shard_count)
{
    return (struct scn_exploration_origin){
        .verb = "explore",
        .tool_version = "1.2.3",
        .seed = 7,
        .transport = "memory",
        .depth = 2,
        .is_pruned = true,
        .shard_index = shard_index,
        .shard_count = shard_count,
    };
}

void explored_fail(struct scn_exploration *exploration, size_t fault_count, const char *check,
                   const char *text)
{
    struct scn_discovery discovery = {.scenario = clone("{}")};
    for (size_t i = 0; i < fault_count; i++) {
        discovery.faults[i] = format_fault(i + 1);
    }
    scn_findings_append(&discovery.findings, SCN_FAIL, check, "%s", text);
    exploration->bases[0].depths[fault_count - 1].failed_count++;
    cr_assert(scn_exploration_add(exploration, &discovery) == COG_OK);
}

char *explored_write(const struct scn_exploration *exploration,
                     const struct scn_exploration_origin *origin)
{
    struct cog_text text = {0};
    scn_exploration_format(exploration, origin, false, &text);
    char *written = cog_text_take(&text);
    cr_assert(written != NULL);
    return written;
}
