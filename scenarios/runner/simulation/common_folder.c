#include "simulation/common_folder.h"

#include <string.h>

static bool is_lock(const char *name)
{
    return strncmp(name, "locks/", strlen("locks/")) == 0;
}

static void note_journal(struct scn_common_folder *folder, const char *name)
{
    if (strncmp(name, "journal/", strlen("journal/")) == 0 &&
        strstr(cog_text_string(&folder->journals), name) == NULL) {
        cog_text_append_format(&folder->journals, "%s\n", name);
    }
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct scn_common_folder *folder = context;
    scn_seat_step(folder->seat);
    note_journal(folder, name);
    return cog_storage_append(folder->inner, name, composer, error);
}

/* Whose it is; 0 for nobody's. What cannot be read the client will tell of. */
static int64_t read_holder(const struct scn_common_folder *folder)
{
    struct cog_lock lock = {0};
    const bool is_read =
        cog_lock_read(folder->inner, folder->target_environment_id, &lock, NULL) == COG_OK;
    return is_read && lock.state != COG_LOCK_FREE ? lock.holder.pid : 0;
}

static enum cog_code update(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct scn_common_folder *folder = context;
    scn_seat_step(folder->seat);
    const int64_t before = is_lock(name) ? read_holder(folder) : 0;
    const enum cog_code code = cog_storage_update(folder->inner, name, composer, error);
    if (before != 0 && before == *folder->other_pid && read_holder(folder) != before) {
        folder->has_robbed = true;
    }
    return code;
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    const struct scn_common_folder *folder = context;
    scn_seat_step(folder->seat);
    return cog_storage_read(folder->inner, name, out_bytes, out_length, error);
}

static enum cog_code list(void *context, const char *name, struct cog_storage_names *out_names,
                          struct cog_error *error)
{
    const struct scn_common_folder *folder = context;
    scn_seat_step(folder->seat);
    return cog_storage_list(folder->inner, name, out_names, error);
}

/* Leaves nothing behind that anybody could notice. */
static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    const struct scn_common_folder *folder = context;
    return cog_storage_probe(folder->inner, name, error);
}

static void identify(void *context, struct cog_holder *out_holder)
{
    const struct scn_common_folder *folder = context;
    cog_storage_identify(folder->inner, out_holder);
}

static enum cog_holder_life ask_life(void *context, const struct cog_holder *holder)
{
    const struct scn_common_folder *folder = context;
    const bool is_one = holder->pid == *folder->own_pid || holder->pid == *folder->other_pid;
    return is_one ? COG_HOLDER_ALIVE : cog_storage_ask_life(folder->inner, holder);
}

struct cog_storage scn_common_folder(struct scn_common_folder *folder)
{
    static const struct cog_storage_ops ops = {
        .append = append,
        .update = update,
        .read = read_whole,
        .list = list,
        .probe = probe,
        .identify = identify,
        .ask_life = ask_life,
    };
    return (struct cog_storage){.ops = &ops, .context = folder};
}

bool scn_common_folder_has_run(const struct scn_common_folder *folder, const char *run_id)
{
    return strstr(cog_text_string(&folder->journals), run_id) != NULL;
}

void scn_common_folder_finish(struct scn_common_folder *folder)
{
    cog_text_finish(&folder->journals);
}
