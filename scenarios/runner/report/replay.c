#include "report/replay.h"

#include "foreign/foreign.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

void scn_replay_append_word(struct cog_text *text, const char *word)
{
    /* A quote of its own has to leave the quotes for a moment. */
    cog_text_append(text, "'");
    for (; *word != '\0'; word++) {
        cog_text_append_bytes(text, word, 1);
        cog_text_append(text, *word == '\'' ? "\\''" : "");
    }
    cog_text_append(text, "'");
}

void scn_replay_append_plain(struct cog_text *text, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
    if (word[0] != '\0' && word[0] != '-' && word[strspn(word, plain)] == '\0') {
        cog_text_append(text, word);
    } else {
        scn_replay_append_word(text, word);
    }
}

static void append_case(struct cog_text *text, const struct scn_scenario *scenario)
{
    const char *name = scn_replay_case(scenario);
    if (name != NULL) {
        cog_text_append_format(text, "--case %s ", name);
    }
}

void scn_replay_append_client(struct cog_text *text, const struct scn_client *client)
{
    cog_text_append_format(text, "--time-scale %.15g ", client->scale);
    if (client->limit_ms > 0) {
        char limit[COG_DURATION_TEXT_SIZE];
        cog_text_append_format(text, "--client-timeout %s ",
                               cog_duration_format(client->limit_ms, limit));
    }
    cog_text_append(text, client->knows_options ? "--client-options env " : "");
    if (client->exit_map_path != NULL) {
        cog_text_append(text, "--exit-map ");
        scn_replay_append_word(text, client->exit_map_path);
        cog_text_append(text, " ");
    }
    cog_text_append(text, "--client ");
    scn_replay_append_word(text, client->command);
    cog_text_append(text, " ");
}

char *scn_replay_format(const struct scn_scenario *scenario, const struct scn_run_options *options)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "cogdrill run --seed %" PRIu64 " --repeat %d ", options->seed,
                           options->repeat_count);
    if (options->transport != SCN_TRANSPORT_MEMORY) {
        cog_text_append_format(&text, "--transport %s ", scn_transport_name(options->transport));
    }
    append_case(&text, scenario);
    if (options->client != NULL) {
        scn_replay_append_client(&text, options->client);
    }
    scn_replay_append_word(&text, scenario->file->document.name);
    return cog_text_take(&text);
}

char *scn_replay_format_torture(const struct scn_scenario *scenario, uint64_t seed,
                                const char *point)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "cogdrill torture --seed %" PRIu64 " --only '%s' ", seed, point);
    append_case(&text, scenario);
    scn_replay_append_word(&text, scenario->file->document.name);
    return cog_text_take(&text);
}

const char *scn_replay_transport(const struct scn_scenario *scenario,
                                 const struct scn_run_options *options)
{
    const bool is_wire = scenario->wire_reason != NULL || options->client != NULL ||
                         options->transport == SCN_TRANSPORT_WIRE;
    return is_wire ? "wire" : "memory";
}

const char *scn_replay_case(const struct scn_scenario *scenario)
{
    return scenario->chosen.name[0] != '\0' ? scenario->chosen.name : NULL;
}
