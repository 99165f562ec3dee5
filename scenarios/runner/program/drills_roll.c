#include "program/drills_roll.h"

#include "program/history_file.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

void scn_drills_roll_finish(struct scn_drills_roll *roll)
{
    scn_drill_catalogue_finish(&roll->catalogue);
    scn_history_finish(&roll->history);
    free(roll->ids);
    *roll = (struct scn_drills_roll){0};
}

static const char *find_id(const struct scn_drills_roll *roll, const char *id)
{
    for (size_t i = 0; i < roll->count; i++) {
        if (strcmp(roll->ids[i], id) == 0) {
            return roll->ids[i];
        }
    }
    return NULL;
}

/* Ends with NULL, as who looks for the nearest wants it. */
static enum cog_code fill(struct scn_drills_roll *roll, struct cog_error *error)
{
    const size_t room = roll->catalogue.count + roll->history.count + 1;
    roll->ids = calloc(room, sizeof *roll->ids);
    if (roll->ids == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < roll->catalogue.count; i++) {
        roll->ids[roll->count++] = roll->catalogue.ids[i];
    }
    for (size_t i = 0; i < roll->history.count; i++) {
        if (find_id(roll, roll->history.entries[i].id) == NULL) {
            roll->ids[roll->count++] = roll->history.entries[i].id;
        }
    }
    return COG_OK;
}

enum cog_code scn_drills_roll_call(const char *history_path, struct scn_drills_roll *out_roll,
                                   struct cog_error *error)
{
    COG_CLEANUP(scn_drills_roll_finish) struct scn_drills_roll roll = {0};
    enum cog_code code =
        scn_drill_catalogue_list(scn_drill_catalogue_folder(), &roll.catalogue, error);
    if (code == COG_OK) {
        code = scn_history_file_read(history_path, &roll.history, error);
    }
    if (code == COG_OK) {
        code = fill(&roll, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_roll = roll;
    roll = (struct scn_drills_roll){0};
    return COG_OK;
}

enum cog_code scn_drills_roll_find(const struct scn_drills_roll *roll, const char *word,
                                   const char **out_id, struct cog_error *error)
{
    const char *id = find_id(roll, word);
    if (id != NULL) {
        *out_id = id;
        return COG_OK;
    }
    const char *nearest = cog_string_nearest(word, roll->ids);
    return nearest != NULL
               ? cog_error_set(error, COG_ERROR_NOT_FOUND,
                               "no drill has the id '%s'; did you mean '%s'?", word, nearest)
               : cog_error_set(error, COG_ERROR_NOT_FOUND,
                               "no drill has the id '%s': 'cogdrill drills list' names them", word);
}
