/* What a sample's server is like, and how its client is asked to run. */
#include "explore/swarm/sample.h"

#include <cogbase/text.h>

#include <string.h>

/* How likely each of the lines is, of a hundred. */
enum { OPTION_PERCENT = 25, SERVER_PERCENT = 20 };

/* A member and the values that it may have, as JSON. */
struct line {
    const char *name;
    const char *values[10]; /* Ends with NULL. */
};

static const struct line options[] = {
    {"poll_interval", {"\"250ms\"", "\"1s\"", "\"2s\"", "\"7s\"", "\"30s\"", "\"2m\"", NULL}},
    {"timeout", {"\"5s\"", "\"20s\"", "\"1m\"", "\"3m\"", "\"15m\"", "\"2h\"", NULL}},
    {"rollback_timeout", {"\"3s\"", "\"15s\"", "\"1m\"", "\"10m\"", NULL}},
    {"request_timeout", {"\"500ms\"", "\"3s\"", "\"10s\"", "\"1m\"", "\"5m\"", NULL}},
    {"connect_timeout", {"\"200ms\"", "\"2s\"", "\"30s\"", NULL}},
    {"idle_timeout", {"\"500ms\"", "\"4s\"", "\"2m\"", NULL}},
    {"webhook_timeout", {"\"100ms\"", "\"1s\"", "\"5s\"", "\"40s\"", "\"5m\"", NULL}},
    {"max_attempts", {"1", "2", "4", "7", NULL}},
    {"max_retry_after", {"\"0s\"", "\"1s\"", "\"5s\"", "\"1m\"", "\"1h\"", NULL}},
    {"wait_for_drain", {"\"1s\"", "\"10s\"", "\"1m\"", "\"10m\"", NULL}},
    {"lock_wait", {"\"1s\"", "\"30s\"", "\"5m\"", NULL}},
    {"on_interrupt", {"\"detach\"", "\"rollback\"", NULL}},
    {"strict", {"true", NULL}},
    {"rollback_on_low_parity", {"true", NULL}},
    {"override_active_sessions", {"true", NULL}},
    {"server_honours_idempotency_keys", {"true", NULL}},
    {"resolve_dependencies", {"false", NULL}},
    {"sync_configuration", {"false", NULL}},
    {"include_webhooks", {"false", NULL}},
    {"parity_threshold", {"0", "0.5", "1", NULL}},
    {NULL, {NULL}},
};

/* What ends by itself, and what a server may be like for good. */
static const struct line server[] = {
    {"job",
     {"{\"timeline\":[{\"at\":\"0s\",\"complete\":true}]}",
      "{\"timeline\":[{\"at\":\"3s\",\"complete\":true}]}",
      "{\"timeline\":[{\"at\":\"0s\",\"progress\":0},{\"at\":\"40s\",\"complete\":true}]}",
      "{\"timeline\":[{\"at\":\"0s\",\"fail\":\"no space in the target\"}]}",
      "{\"timeline\":[{\"at\":\"1s\",\"progress\":50},{\"at\":\"12s\",\"fail\":\"lock lost\"}]}",
      "{\"timeline\":[{\"at\":\"5s\",\"progress\":99},{\"at\":\"4m\",\"fail\":\"too late\"}]}",
      "{\"timeline\":[{\"at\":\"0s\",\"progress\":10}]}", "{\"omit\":[\"intents\",\"variables\"]}",
      "{\"timeline\":[{\"at\":\"2s\",\"complete\":true}],\"omit\":[\"flows\"]}", NULL}},
    {"rollback",
     {"{\"timeline\":[{\"at\":\"0s\",\"status\":\"rolled_back\"}]}",
      "{\"timeline\":[{\"at\":\"70s\",\"status\":\"rolled_back\"}]}",
      "{\"timeline\":[{\"at\":\"6s\",\"status\":\"rollback_failed\"}]}", "{\"timeline\":[]}",
      "{\"reversible\":false}", "{\"automatic\":true}",
      "{\"automatic\":true,\"timeline\":[{\"at\":\"9s\",\"status\":\"rollback_failed\"}]}",
      "{\"restore\":\"half\"}", "{\"restore\":\"none\"}", NULL}},
    {"sessions",
     {"{\"env-target\":[{\"at\":\"0s\",\"active\":2},{\"at\":\"8s\",\"active\":0}]}",
      "{\"env-target\":[{\"at\":\"1s\",\"active\":1},{\"at\":\"2m\",\"active\":0}]}",
      "{\"env-target\":[{\"at\":\"0s\",\"active\":5},{\"at\":\"45s\",\"active\":0}]}", NULL}},
    {"health",
     {"[{\"at\":\"0s\",\"status\":503},{\"at\":\"3s\",\"status\":200}]",
      "[{\"at\":\"2s\",\"status\":500},{\"at\":\"50s\",\"status\":200}]", NULL}},
    {"down",
     {"[{\"from\":\"0s\",\"until\":\"2s\"}]", "[{\"from\":\"5s\",\"until\":\"25s\"}]",
      "[{\"from\":\"1s\",\"until\":\"3s\"},{\"from\":\"9s\",\"until\":\"4m\"}]", NULL}},
    {"rate_limit",
     {"{\"requests\":3,\"per\":\"2s\"}",
      "{\"requests\":1,\"per\":\"1s\",\"policy\":\"token_bucket\"}",
      "{\"requests\":5,\"per\":\"20s\",\"retry_after\":\"date\"}",
      "{\"requests\":4,\"per\":\"9s\",\"retry_after\":\"none\"}",
      "{\"requests\":2,\"per\":\"5s\",\"scope\":\"call\",\"headers\":\"both\"}", NULL}},
    {"poll_retry_after", {"\"1s\"", "\"6s\"", "\"1m\"", NULL}},
    {"oauth",
     {"{\"expires_in\":\"4s\"}", "{\"expires_in\":\"25s\"}", "{\"revoke_at\":[\"1s\",\"6s\"]}",
      "{\"expires_in\":\"20s\",\"expires_in_said\":\"huge\"}", "{\"expires_in_said\":\"missing\"}",
      "{\"introspection\":false}", "{\"introspection\":\"inactive\"}", NULL}},
    {"idempotency_keys", {"false", NULL}},
    {"api", {"\"seed\"", NULL}},
    {"conversation", {"{\"matches\":false}", NULL}},
    {NULL, {NULL}},
};

/* Of each line, sometimes, one of its values. */
static bool draw(struct scn_dice *dice, const struct line *lines, int percent, cJSON *object)
{
    for (const struct line *line = lines; line->name != NULL; line++) {
        if (!scn_dice_chance(dice, percent)) {
            continue;
        }
        cJSON *value = cJSON_Parse(scn_dice_pick(dice, line->values));
        if (value == NULL || !cJSON_AddItemToObject(object, line->name, value)) {
            cJSON_Delete(value);
            return false;
        }
    }
    return true;
}

/* "client api timeout" */
static void append_names(struct cog_text *text, const cJSON *object)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object)
    {
        cog_text_append(text, text->length > 0 ? "," : "");
        cog_text_append(text, member->string);
    }
}

enum cog_code scn_sample_world(struct scn_dice *dice, struct scn_faults *faults)
{
    COG_CLEANUP(cog_text_finish) struct cog_text names = {0};
    cJSON *patch = cJSON_CreateObject();
    cJSON *changed = cJSON_AddObjectToObject(patch, "server");
    cJSON *client = cJSON_AddObjectToObject(patch, "client");
    cJSON *chosen = cJSON_AddObjectToObject(client, "options");
    if (changed == NULL || chosen == NULL || !draw(dice, server, SERVER_PERCENT, changed) ||
        !draw(dice, options, OPTION_PERCENT, chosen)) {
        cJSON_Delete(patch);
        return COG_ERROR_MEMORY;
    }
    if (cJSON_GetObjectItemCaseSensitive(changed, "idempotency_keys") != NULL ||
        cJSON_GetObjectItemCaseSensitive(changed, "api") != NULL) {
        /* Whoever is told what is not true of the server cannot be right. */
        cJSON_DeleteItemFromObjectCaseSensitive(chosen, "server_honours_idempotency_keys");
    }
    append_names(&names, changed);
    append_names(&names, chosen);
    const struct scn_fault_parts parts = {
        .site = "world",
        .kind = cog_text_string(&names),
        .phase = "world",
    };
    return scn_faults_add(faults, &parts, patch);
}
