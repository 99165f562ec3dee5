/** The storage seam: small named files that must survive a crash. */
#ifndef COGPROMOTE_STORAGE_H
#define COGPROMOTE_STORAGE_H

#include <cogpromote/error.h>

#include <stddef.h>

/** Decides what is to be appended, having seen what is there. */
struct cog_storage_composer {
    /**
     * @param existing the file's bytes, with a NUL behind them; empty for a file that does not
     * exist
     * @param out_addition set to a malloc'ed string, which the storage releases
     */
    enum cog_code (*compose)(void *context, const char *existing, size_t existing_length,
                             char **out_addition, struct cog_error *error);
    void *context;
};

struct cog_storage_ops {
    /**
     * Under an exclusive lock of the file: reads all of it, lets `composer` say what comes next,
     * appends that in one write and makes it durable. Nothing is changed on failure, but for a
     * write that the disk cut short.
     *
     * @param name a plain file name, such as "audit.jsonl"
     * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY, or what `compose` returned
     */
    enum cog_code (*append)(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error);

    /**
     * Reads a whole file. One that does not exist is empty.
     *
     * @param out_bytes owned by the caller, free() it; a NUL follows the last byte
     * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
     */
    enum cog_code (*read)(void *context, const char *name, char **out_bytes, size_t *out_length,
                          struct cog_error *error);

    /**
     * Whether `append` to `name` can work: makes the folder and opens the file, which may leave an
     * empty one behind. A disk that is full shows only when something is written.
     *
     * @return as `append`
     */
    enum cog_code (*probe)(void *context, const char *name, struct cog_error *error);
};

/** A borrowed reference to some storage: pass it by value, never release it. */
struct cog_storage {
    const struct cog_storage_ops *ops;
    void *context;
};

COG_API enum cog_code cog_storage_append(struct cog_storage storage, const char *name,
                                         struct cog_storage_composer composer,
                                         struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_storage_read(struct cog_storage storage, const char *name,
                                       char **out_bytes, size_t *out_length,
                                       struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_storage_probe(struct cog_storage storage, const char *name,
                                        struct cog_error *error) COG_CHECK;

/** Files in one folder, made with mode 0700 when it is missing; files have mode 0600. */
struct cog_storage_posix {
    const char *directory; /**< Borrowed; must outlive the storage. */
};
COG_API struct cog_storage cog_storage_posix(struct cog_storage_posix *storage);

enum { COG_STORAGE_MEMORY_FILES_MAX = 16 };

/** Files in memory, which can be told to fail. `{0}` is empty. Not thread-safe. */
struct cog_storage_memory {
    struct cog_storage_memory_file {
        char *name;
        char *bytes;
        size_t length;
    } files[COG_STORAGE_MEMORY_FILES_MAX];
    size_t file_count;
    bool fails; /**< Every operation answers COG_ERROR_STORAGE ("no space left on device"). */
};
COG_API struct cog_storage cog_storage_memory(struct cog_storage_memory *storage);

/** Releases all files and makes the storage empty again. */
COG_API void cog_storage_memory_finish(struct cog_storage_memory *storage);

#endif
