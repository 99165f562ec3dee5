#include "lock_text.h"

#include <cogbase/stamp.h>

#include <inttypes.h>

void cog_lock_text_append(struct cog_text *text, const struct cog_lock *lock)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    cog_text_append_shown(text, lock->target_environment_id);
    cog_text_append_format(text, ": %s", cog_lock_state_name(lock->state));
    if (lock->state != COG_LOCK_FREE) {
        cog_text_append(text, " by ");
        cog_text_append_shown(text, lock->actor);
        cog_text_append(text, ", run ");
        cog_text_append_shown(text, lock->run_id);
        cog_text_append_format(text, ", process %" PRId64 " on ", lock->holder.pid);
        cog_text_append_shown(text, lock->holder.host);
        cog_text_append_format(text, ", since %s",
                               cog_stamp_format_rfc3339(lock->since_unix_ms, stamp));
    }
    cog_text_append(text, "\n");
    if (lock->state == COG_LOCK_ABANDONED) {
        cog_text_append(text, "  'cogpromote resume ");
        cog_text_append_shown(text, lock->run_id);
        cog_text_append(text, "' brings its run to an end and frees it\n");
    }
}

static bool add_holder(cJSON *object, const struct cog_lock *lock)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(lock->since_unix_ms, stamp);
    return cJSON_AddStringToObject(object, "run_id", lock->run_id) != NULL &&
           cJSON_AddStringToObject(object, "actor", lock->actor) != NULL &&
           cJSON_AddStringToObject(object, "host", lock->holder.host) != NULL &&
           cJSON_AddNumberToObject(object, "pid", (double)lock->holder.pid) != NULL &&
           cJSON_AddStringToObject(object, "since", stamp) != NULL;
}

cJSON *cog_lock_text_json(const struct cog_lock *lock)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    if (object == NULL ||
        cJSON_AddStringToObject(object, "target_env_id", lock->target_environment_id) == NULL ||
        cJSON_AddStringToObject(object, "state", cog_lock_state_name(lock->state)) == NULL ||
        (lock->state != COG_LOCK_FREE && !add_holder(object, lock))) {
        return NULL;
    }
    cJSON *taken = object;
    object = NULL;
    return taken;
}
