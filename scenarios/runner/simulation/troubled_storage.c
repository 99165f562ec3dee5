#include "simulation/troubled_storage.h"

#include <string.h>

static enum cog_code fail(const struct scn_storage_fault *fault, const char *name,
                          struct cog_error *error)
{
    static const char *const reasons[] = {
        [SCN_STORAGE_EIO] = "input/output error",
        [SCN_STORAGE_ENOSPC] = "no space left on device",
        [SCN_STORAGE_EROFS] = "read-only file system",
        [SCN_STORAGE_EACCES] = "permission denied",
        [SCN_STORAGE_SHORT_WRITE] = "only a part of it was written",
    };
    return cog_error_set(error, COG_ERROR_STORAGE, "%s: %s", name, reasons[fault->failure]);
}

static bool is_due(const struct scn_storage_fault *fault, int number)
{
    return fault->nth > 0 ? number == fault->nth : number >= fault->from;
}

/* Notes the operation, and counts it for all faults. @return the first one that strikes it; NULL
 * for none */
static const struct scn_storage_fault *
strike(struct scn_troubled_storage *storage, enum scn_storage_operation operation, const char *name)
{
    const struct scn_storage_fault *striking = NULL;
    const char *file = scn_storage_file_of(name);
    scn_operations_note(&storage->done, operation, name);
    for (size_t i = 0; i < storage->count; i++) {
        const struct scn_storage_fault *fault = &storage->faults[i];
        if (fault->operation != operation || file != fault->file) {
            continue;
        }
        const int number = ++storage->seen_counts[i];
        if (striking == NULL && is_due(fault, number)) {
            striking = fault;
            storage->is_struck[i] = true;
        }
    }
    return striking;
}

static void look_at_lock(const struct scn_troubled_storage *storage, const char *name)
{
    if (strncmp(name, "locks", strlen("locks")) == 0) {
        scn_other_lock_look(storage->lock);
    }
}

/* Composes as it should, and keeps half of that. */
static enum cog_code compose_half(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    const struct cog_storage_composer *composer = context;
    enum cog_code code =
        composer->compose(composer->context, existing, existing_length, out_text, error);
    if (code == COG_OK) {
        (*out_text)[strlen(*out_text) / 2] = '\0';
    }
    return code;
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct scn_troubled_storage *storage = context;
    const struct scn_storage_fault *fault = strike(storage, SCN_STORAGE_APPEND, name);
    if (fault == NULL) {
        return cog_storage_append(storage->inner, name, composer, error);
    }
    if (fault->failure == SCN_STORAGE_SHORT_WRITE) {
        const struct cog_storage_composer half = {
            .compose = compose_half,
            .context = &composer,
            .tail_length = composer.tail_length,
        };
        enum cog_code code = cog_storage_append(storage->inner, name, half, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return fail(fault, name, error);
}

static enum cog_code update(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct scn_troubled_storage *storage = context;
    look_at_lock(storage, name);
    const struct scn_storage_fault *fault = strike(storage, SCN_STORAGE_UPDATE, name);
    return fault != NULL ? fail(fault, name, error)
                         : cog_storage_update(storage->inner, name, composer, error);
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    struct scn_troubled_storage *storage = context;
    look_at_lock(storage, name);
    const struct scn_storage_fault *fault = strike(storage, SCN_STORAGE_READ, name);
    return fault != NULL ? fail(fault, name, error)
                         : cog_storage_read(storage->inner, name, out_bytes, out_length, error);
}

static enum cog_code list(void *context, const char *folder, struct cog_storage_names *out_names,
                          struct cog_error *error)
{
    struct scn_troubled_storage *storage = context;
    look_at_lock(storage, folder);
    const struct scn_storage_fault *fault = strike(storage, SCN_STORAGE_LIST, folder);
    return fault != NULL ? fail(fault, folder, error)
                         : cog_storage_list(storage->inner, folder, out_names, error);
}

static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    struct scn_troubled_storage *storage = context;
    const struct scn_storage_fault *fault = strike(storage, SCN_STORAGE_PROBE, name);
    return fault != NULL ? fail(fault, name, error)
                         : cog_storage_probe(storage->inner, name, error);
}

static void identify(void *context, struct cog_holder *out_holder)
{
    const struct scn_troubled_storage *storage = context;
    cog_storage_identify(storage->inner, out_holder);
}

/* The client's own processes it leaves to whoever knows them. */
static enum cog_holder_life ask_life(void *context, const struct cog_holder *holder)
{
    const struct scn_troubled_storage *storage = context;
    const struct scn_other_holder *other = &storage->lock->holder;
    if (other->is_there && cog_holder_is_same(holder, &storage->lock->self)) {
        return other->holder == SCN_LOCK_HOLDER_LIVING ? COG_HOLDER_ALIVE : COG_HOLDER_DEAD;
    }
    return cog_storage_ask_life(storage->inner, holder);
}

struct cog_storage scn_troubled_storage(struct scn_troubled_storage *storage)
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
    return (struct cog_storage){.ops = &ops, .context = storage};
}
