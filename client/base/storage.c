#include <cogpromote/storage.h>

#include <string.h>

/* Hidden names are the storage's own, and the two special ones would leave its folder. */
static bool is_plain(const char *name)
{
    return name != NULL && name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

static bool is_file_name(const char *name)
{
    const char *slash = name != NULL ? strchr(name, '/') : NULL;
    if (slash == NULL) {
        return is_plain(name);
    }
    return slash != name && name[0] != '.' && is_plain(slash + 1);
}

static enum cog_code check_storage(struct cog_storage storage, struct cog_error *error)
{
    if (storage.ops == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "a storage is required");
    }
    return COG_OK;
}

static enum cog_code check_name(struct cog_storage storage, const char *name,
                                struct cog_error *error)
{
    const enum cog_code code = check_storage(storage, error);
    if (code != COG_OK || is_file_name(name)) {
        return code;
    }
    return cog_error_set(error, COG_ERROR_ARGUMENT,
                         "'%s' is not a plain file name: expected \"file\" or \"folder/file\", "
                         "neither of them hidden",
                         name != NULL ? name : "");
}

static enum cog_code check_change(struct cog_storage storage, const char *name,
                                  struct cog_storage_composer composer, struct cog_error *error)
{
    const enum cog_code code = check_name(storage, name, error);
    if (code != COG_OK) {
        return code;
    }
    if (composer.compose == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "a composer is required");
    }
    return COG_OK;
}

enum cog_code cog_storage_append(struct cog_storage storage, const char *name,
                                 struct cog_storage_composer composer, struct cog_error *error)
{
    const enum cog_code code = check_change(storage, name, composer, error);
    return code == COG_OK ? storage.ops->append(storage.context, name, composer, error) : code;
}

enum cog_code cog_storage_update(struct cog_storage storage, const char *name,
                                 struct cog_storage_composer composer, struct cog_error *error)
{
    const enum cog_code code = check_change(storage, name, composer, error);
    composer.tail_length = 0; /* What replaces the file has to know all of it. */
    return code == COG_OK ? storage.ops->update(storage.context, name, composer, error) : code;
}

enum cog_code cog_storage_read(struct cog_storage storage, const char *name, char **out_bytes,
                               size_t *out_length, struct cog_error *error)
{
    const enum cog_code code = check_name(storage, name, error);
    if (code != COG_OK) {
        return code;
    }
    if (out_bytes == NULL || out_length == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "out_bytes and out_length are required");
    }
    return storage.ops->read(storage.context, name, out_bytes, out_length, error);
}

enum cog_code cog_storage_list(struct cog_storage storage, const char *folder,
                               struct cog_storage_names *out_names, struct cog_error *error)
{
    const enum cog_code code = check_storage(storage, error);
    if (code != COG_OK) {
        return code;
    }
    if (!is_plain(folder)) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "'%s' is not a plain folder name: expected one without a slash that "
                             "is not hidden",
                             folder != NULL ? folder : "");
    }
    if (out_names == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "out_names is required");
    }
    return storage.ops->list(storage.context, folder, out_names, error);
}

enum cog_code cog_storage_probe(struct cog_storage storage, const char *name,
                                struct cog_error *error)
{
    const enum cog_code code = check_name(storage, name, error);
    return code == COG_OK ? storage.ops->probe(storage.context, name, error) : code;
}

void cog_storage_identify(struct cog_storage storage, struct cog_holder *out_holder)
{
    *out_holder = (struct cog_holder){0};
    if (storage.ops != NULL) {
        storage.ops->identify(storage.context, out_holder);
    }
}

enum cog_holder_life cog_storage_ask_life(struct cog_storage storage,
                                          const struct cog_holder *holder)
{
    /* Who has nobody to ask cannot tell. */
    return storage.ops != NULL ? storage.ops->ask_life(storage.context, holder)
                               : COG_HOLDER_ELSEWHERE;
}

bool cog_holder_is_same(const struct cog_holder *left, const struct cog_holder *right)
{
    return strcmp(left->host, right->host) == 0 && strcmp(left->boot_id, right->boot_id) == 0 &&
           left->pid == right->pid && left->start_ticks == right->start_ticks;
}
