#include "foreign/suitability.h"

#include <cogbase/text.h>

#include <string.h>

/* Those that the founding document's variables carry, or that only add to what is checked. */
static bool is_known_option(const char *name)
{
    static const char *const names[] = {"source",        "target",         "client_id",
                                        "client_secret", "webhook_secret", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *find_unknown_option(const cJSON *options)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, options)
    {
        if (!is_known_option(member->string)) {
            return member->string;
        }
    }
    return NULL;
}

/* What goes wrong around the client: nobody else's disk, clock or lock is in our hands. */
static const char *find_trouble(const struct scn_surroundings *surroundings)
{
    if (surroundings->storage_fault_count > 0) {
        return "storage";
    }
    if (surroundings->clock_step_count > 0) {
        return "clock";
    }
    if (surroundings->other_holder.is_there) {
        return "lock";
    }
    return surroundings->tears_journal ? "journal" : NULL;
}

static void append_reason(struct cog_text *text, const struct scn_scenario *scenario,
                          bool knows_options)
{
    const struct scn_undertaking *undertaking = &scenario->undertaking;
    if (scenario->second.is_there) {
        cog_text_append(text, "a second operator needs the simulation to take turns with");
        return;
    }
    if (undertaking->then_count > 0) {
        cog_text_append(text, "'then' needs commands that only cogpromote has");
        return;
    }
    for (size_t i = 0; i < undertaking->kill_count; i++) {
        if (undertaking->kills[i].is_moved) {
            cog_text_append(text, "it goes on on another machine, with cogpromote's state");
            return;
        }
        if (undertaking->kills[i].death.after_request == 0) {
            cog_text_append(text, "it is killed at a point of cogpromote's journal");
            return;
        }
    }
    const char *trouble = find_trouble(&scenario->surroundings);
    if (trouble != NULL) {
        cog_text_append_format(text, "'%s' strikes what only cogpromote has", trouble);
        return;
    }
    const char *option = find_unknown_option(scenario->options);
    option = option != NULL ? option : find_unknown_option(scenario->case_options);
    if (option != NULL && !knows_options) {
        cog_text_append_format(text,
                               "rests on the option '%s'; --client-options env says that "
                               "the client reads COGPROMOTE_ variables",
                               option);
    }
}

enum cog_code scn_suitability_judge(const struct scn_scenario *scenario, bool knows_options,
                                    char **out_reason, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    append_reason(&text, scenario, knows_options);
    if (text.length == 0 && !text.failed) {
        *out_reason = NULL;
        return COG_OK;
    }
    return cog_text_give(&text, out_reason, error);
}
