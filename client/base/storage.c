#include <cogpromote/storage.h>

#include <string.h>

/* A name with a slash, or one of the two special ones, would leave the storage's folder. */
static bool is_plain(const char *name)
{
    return name != NULL && name[0] != '\0' && strchr(name, '/') == NULL && strcmp(name, ".") != 0 &&
           strcmp(name, "..") != 0;
}

static enum cog_code check_name(struct cog_storage storage, const char *name,
                                struct cog_error *error)
{
    if (storage.ops == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "a storage is required");
    }
    if (!is_plain(name)) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "'%s' is not a plain file name",
                             name != NULL ? name : "");
    }
    return COG_OK;
}

enum cog_code cog_storage_append(struct cog_storage storage, const char *name,
                                 struct cog_storage_composer composer, struct cog_error *error)
{
    const enum cog_code code = check_name(storage, name, error);
    if (code != COG_OK) {
        return code;
    }
    if (composer.compose == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "a composer is required");
    }
    return storage.ops->append(storage.context, name, composer, error);
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

enum cog_code cog_storage_probe(struct cog_storage storage, const char *name,
                                struct cog_error *error)
{
    const enum cog_code code = check_name(storage, name, error);
    return code == COG_OK ? storage.ops->probe(storage.context, name, error) : code;
}
