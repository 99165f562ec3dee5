#include "program/drill_choice.h"

#include "drill/catalogue.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code add(struct scn_drill_choice *choice, const char *word, const char *path,
                         struct cog_error *error)
{
    struct scn_chosen_drill *item = &choice->items[choice->count];
    enum cog_code code = scn_drill_read(path, &item->drill, error);
    if (code != COG_OK) {
        return code;
    }
    choice->count++;
    item->word = strdup(word);
    return item->word != NULL ? COG_OK : fail_memory(error);
}

static enum cog_code add_word(struct scn_drill_choice *choice, const char *word,
                              struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    enum cog_code code = scn_drill_catalogue_find(word, &path, error);
    return code == COG_OK ? add(choice, word, path, error) : code;
}

static enum cog_code make_room(struct scn_drill_choice *choice, size_t count,
                               struct cog_error *error)
{
    choice->items = calloc(count + 1, sizeof *choice->items);
    return choice->items != NULL ? COG_OK : fail_memory(error);
}

static enum cog_code read_words(const char *const *words, size_t count,
                                struct scn_drill_choice *choice, struct cog_error *error)
{
    enum cog_code code = make_room(choice, count, error);
    for (size_t i = 0; code == COG_OK && i < count; i++) {
        code = add_word(choice, words[i], error);
    }
    return code;
}

static enum cog_code read_catalogue(struct scn_drill_choice *choice, struct cog_error *error)
{
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    enum cog_code code = scn_drill_catalogue_list(scn_drill_catalogue_folder(), &catalogue, error);
    if (code == COG_OK) {
        code = make_room(choice, catalogue.count, error);
    }
    for (size_t i = 0; code == COG_OK && i < catalogue.count; i++) {
        code = add(choice, catalogue.ids[i], catalogue.paths[i], error);
    }
    return code;
}

enum cog_code scn_drill_choice_read(const char *const *words, size_t word_count,
                                    struct scn_drill_choice *out_choice, struct cog_error *error)
{
    COG_CLEANUP(scn_drill_choice_finish) struct scn_drill_choice choice = {0};
    enum cog_code code = word_count > 0 ? read_words(words, word_count, &choice, error)
                                        : read_catalogue(&choice, error);
    if (code != COG_OK) {
        return code;
    }
    *out_choice = choice;
    choice = (struct scn_drill_choice){0};
    return COG_OK;
}

void scn_drill_choice_finish(struct scn_drill_choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        free(choice->items[i].word);
        scn_drill_finish(&choice->items[i].drill);
    }
    free(choice->items);
    *choice = (struct scn_drill_choice){0};
}
