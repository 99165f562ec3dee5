#include "explore/report/members.h"
#include "report/member.h"
#include "session/pace.h"

#include <cogbase/number.h>

static const struct scn_member slowest_members[] = {
    {"run", cJSON_String, false},
    {NULL, 0, false},
};

static void write_slow_run(struct scn_json_text *json, const struct scn_slow_run *run)
{
    scn_json_text_open(json, NULL, '{');
    scn_json_text_string(json, "run", run->name);
    scn_json_text_integer(json, "ms", run->real_ms);
    scn_json_text_close(json, '}');
}

void scn_timing_members_write(struct scn_json_text *json, const struct scn_exploration *exploration)
{
    const size_t run_count = scn_exploration_sum_all(exploration).run_count;
    scn_members_open_line(json, "timing", '{');
    scn_json_text_integer(json, "real_ms", exploration->real_ms);
    scn_json_text_integer(json, "runs_per_second", scn_pace_rate(run_count, exploration->real_ms));
    scn_json_text_open(json, "slowest", '[');
    for (size_t i = 0; i < exploration->slowest_count; i++) {
        write_slow_run(json, &exploration->slowest[i]);
    }
    scn_json_text_close(json, ']');
    scn_json_text_close(json, '}');
}

static enum cog_code read_slow_run(const cJSON *object, struct scn_exploration *exploration,
                                   struct cog_error *error)
{
    int64_t real_ms = 0;
    enum cog_code code = scn_members_check(object, slowest_members, error);
    if (code == COG_OK) {
        code = scn_member_integer(object, "ms", 0, COG_NUMBER_INTEGER_MAX, &real_ms, error);
    }
    if (code != COG_OK) {
        return code;
    }
    code = scn_exploration_note_time(exploration, scn_member_string(object, "run"), real_ms);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}

enum cog_code scn_timing_members_read(const cJSON *object, struct scn_exploration *exploration,
                                      struct cog_error *error)
{
    const cJSON *timing = cJSON_GetObjectItemCaseSensitive(object, "timing");
    const cJSON *node = NULL;
    enum cog_code code = scn_member_integer(timing, "real_ms", 0, COG_NUMBER_INTEGER_MAX,
                                            &exploration->real_ms, error);
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(timing, "slowest"))
    {
        if (code == COG_OK) {
            code = read_slow_run(node, exploration, error);
        }
    }
    return code == COG_OK ? COG_OK : cog_error_wrap(error, code, "'timing'");
}
