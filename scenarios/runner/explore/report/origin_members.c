#include "explore/report/members.h"
#include "report/member.h"

#include <cogbase/number.h>

enum { SHARDS_MAX = 1000000 };

static const struct scn_member members[] = {
    {"verb", cJSON_String, false},
    {"tool_version", cJSON_String, false},
    {"seed", cJSON_Number, false},
    {"transport", cJSON_String, false},
    {"client", cJSON_String, true},
    {"depth", cJSON_Number, false},
    {"pruned", cJSON_False, false},
    {"shard", cJSON_Object, true},
    {NULL, 0, false},
};

void scn_origin_members_write(struct scn_json_text *json,
                              const struct scn_exploration_origin *origin)
{
    scn_json_text_string(json, "verb", origin->verb);
    scn_json_text_string(json, "tool_version", origin->tool_version);
    scn_json_text_integer(json, "seed", (int64_t)origin->seed);
    scn_json_text_string(json, "transport", origin->transport);
    scn_json_text_string(json, "client", origin->client);
    scn_json_text_integer(json, "depth", origin->depth);
    scn_json_text_boolean(json, "pruned", origin->is_pruned);
    if (origin->shard_count == 0) {
        scn_json_text_value(json, "shard", "null");
        return;
    }
    scn_json_text_open(json, "shard", '{');
    scn_json_text_integer(json, "index", (int64_t)origin->shard_index);
    scn_json_text_integer(json, "count", (int64_t)origin->shard_count);
    scn_json_text_close(json, '}');
}

static enum cog_code read_shard(const cJSON *object, struct scn_exploration_origin *origin,
                                struct cog_error *error)
{
    int64_t index = 0;
    int64_t count = 0;
    const cJSON *shard = cJSON_GetObjectItemCaseSensitive(object, "shard");
    if (cJSON_IsNull(shard)) {
        return COG_OK;
    }
    enum cog_code code = scn_member_integer(shard, "count", 1, SHARDS_MAX, &count, error);
    if (code == COG_OK) {
        code = scn_member_integer(shard, "index", 1, count, &index, error);
    }
    origin->shard_index = (size_t)index;
    origin->shard_count = (size_t)count;
    return code;
}

enum cog_code scn_origin_members_read(const cJSON *object,
                                      struct scn_exploration_origin *out_origin,
                                      struct cog_error *error)
{
    struct scn_exploration_origin origin = {0};
    int64_t seed = 0;
    int64_t depth = 0;
    enum cog_code code = scn_members_check(object, members, error);
    if (code == COG_OK) {
        code = scn_member_integer(object, "seed", 0, COG_NUMBER_INTEGER_MAX, &seed, error);
    }
    if (code == COG_OK) {
        code = scn_member_integer(object, "depth", 1, SCN_DEPTH_MAX, &depth, error);
    }
    if (code == COG_OK) {
        code = read_shard(object, &origin, error);
    }
    if (code != COG_OK) {
        return code;
    }
    origin.verb = scn_member_string(object, "verb");
    origin.tool_version = scn_member_string(object, "tool_version");
    origin.transport = scn_member_string(object, "transport");
    origin.client = scn_member_string(object, "client");
    origin.seed = (uint64_t)seed;
    origin.depth = (int)depth;
    origin.is_pruned = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "pruned"));
    *out_origin = origin;
    return COG_OK;
}
