#include "coverage/map.h"

#include <cogbase/quote.h>

void scn_map_append_json(const struct scn_map *map, struct cog_text *text)
{
    cog_text_append(text, "{\"cells\":[");
    for (size_t i = 0; i < map->names.count; i++) {
        const struct scn_map_cell *cell = &map->cells[i];
        cog_text_append(text, i > 0 ? ",\n{\"name\":" : "\n{\"name\":");
        cog_quote_append(text, cell->name);
        cog_text_append_format(text, ",\"state\":\"%s\",\"count\":%zu",
                               scn_cell_state_name(cell->state), cell->run_count);
        if (cell->reason != NULL) {
            cog_text_append(text, ",\"reason\":");
            cog_quote_append(text, cell->reason);
        }
        cog_text_append(text, "}");
    }
    cog_text_append(text, "\n],\"counts\":{");
    for (int state = 0; state < SCN_CELL_STATE_COUNT; state++) {
        cog_text_append_format(text, "%s\"%s\":%zu", state > 0 ? "," : "",
                               scn_cell_state_name((enum scn_cell_state)state), map->counts[state]);
    }
    cog_text_append(text, "}}");
}
