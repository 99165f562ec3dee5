/** The storage seam: small named files that must survive a crash. */
#ifndef COGPROMOTE_STORAGE_H
#define COGPROMOTE_STORAGE_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Decides what is to be written, having seen what is there. */
struct cog_storage_composer {
    /**
     * @param existing the file's bytes, or the last ones where `tail_length` says so, with a NUL
     * behind them; empty for a file that does not exist
     * @param out_text set to a malloc'ed string, which the storage releases; an update may leave
     * it NULL, which leaves the file as it is
     */
    enum cog_code (*compose)(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error);
    void *context;
    /**
     * How many of the last bytes an append has to show; 0: all. A file that grows by each append
     * is then not read from its beginning each time.
     */
    size_t tail_length;
};

/** File names in ascending order of their bytes; `{0}` is empty and safe to finish. */
struct cog_storage_names {
    char **items;
    size_t count;
};
COG_API void cog_storage_names_finish(struct cog_storage_names *names);

enum { COG_HOST_SIZE = 256, COG_BOOT_ID_SIZE = 64 };

/** A process, so that another one can tell whether it still lives. Plain data. */
struct cog_holder {
    char host[COG_HOST_SIZE];
    char boot_id[COG_BOOT_ID_SIZE]; /**< Of the host's present boot; empty: not known. */
    int64_t pid;
    int64_t
        start_ticks; /**< When it started, in the system's own unit: pids are reused; 0: unknown. */
};

/** Whether both describe the same process. */
COG_API bool cog_holder_is_same(const struct cog_holder *left, const struct cog_holder *right);

enum cog_holder_life {
    COG_HOLDER_ALIVE,
    COG_HOLDER_DEAD,
    COG_HOLDER_ELSEWHERE, /**< On another host: nobody here can tell. */
};

/**
 * Names are plain file names, or have one folder in front: "audit.jsonl", "journal/x.jsonl". Hidden
 * ones are the storage's own. Any other name is COG_ERROR_ARGUMENT.
 */
struct cog_storage_ops {
    /**
     * Under an exclusive lock of the file: reads what `composer` wants to see of it, lets that say
     * what comes next, appends it in one write and makes it durable. What a full disk took of it is
     * cut off again; a crash may leave the front of it behind.
     *
     * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY, or what `compose` returned
     */
    enum cog_code (*append)(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error);

    /**
     * Under an exclusive lock of the folder that the file lies in: reads all of it, lets `composer`
     * say what it is to hold, and replaces it at once and durably: whatever happens, the file is
     * the old one or the new one. An empty text removes the file, NULL leaves it as it is.
     *
     * @return as `append`
     */
    enum cog_code (*update)(void *context, const char *name, struct cog_storage_composer composer,
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
     * The files of a folder, without the folder's name, hidden ones left out. A folder that does
     * not exist is empty.
     *
     * @param folder "journal"
     * @return as `read`
     */
    enum cog_code (*list)(void *context, const char *folder, struct cog_storage_names *out_names,
                          struct cog_error *error);

    /**
     * Whether `append` to `name` can work: makes the folder and opens the file, which may leave an
     * empty one behind. A disk that is full shows only when something is written.
     *
     * @return as `append`
     */
    enum cog_code (*probe)(void *context, const char *name, struct cog_error *error);

    /** Who writes here: this process. What cannot be found out is left empty. */
    void (*identify)(void *context, struct cog_holder *out_holder);

    /** Whether a process that `identify` once described still lives. */
    enum cog_holder_life (*ask_life)(void *context, const struct cog_holder *holder);
};

/** A borrowed reference to some storage: pass it by value, never release it. */
struct cog_storage {
    const struct cog_storage_ops *ops;
    void *context;
};

COG_API enum cog_code cog_storage_append(struct cog_storage storage, const char *name,
                                         struct cog_storage_composer composer,
                                         struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_storage_update(struct cog_storage storage, const char *name,
                                         struct cog_storage_composer composer,
                                         struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_storage_read(struct cog_storage storage, const char *name,
                                       char **out_bytes, size_t *out_length,
                                       struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_storage_list(struct cog_storage storage, const char *folder,
                                       struct cog_storage_names *out_names,
                                       struct cog_error *error) COG_CHECK;
COG_API enum cog_code cog_storage_probe(struct cog_storage storage, const char *name,
                                        struct cog_error *error) COG_CHECK;

COG_API void cog_storage_identify(struct cog_storage storage, struct cog_holder *out_holder);
COG_API enum cog_holder_life cog_storage_ask_life(struct cog_storage storage,
                                                  const struct cog_holder *holder);

/**
 * Files in one folder, made with mode 0700 when it is missing; files have mode 0600. What belongs
 * to another user (root excepted), or may be written by others, is refused, and so is a symbolic
 * link in the place of a file or of a folder; above the folder there may be links. Thread-safe.
 */
struct cog_storage_posix {
    const char *directory; /**< Borrowed; must outlive the storage. */
};
COG_API struct cog_storage cog_storage_posix(struct cog_storage_posix *storage);

/**
 * Files in memory, which can be told to fail. `{0}` is empty. Not thread-safe.
 *
 * An operation is an append, an update, a read, a list or a probe. One that is to fail answers
 * COG_ERROR_STORAGE ("no space left on device") and does nothing.
 */
struct cog_storage_memory {
    struct cog_storage_memory_file {
        char *name;
        char *bytes;
        size_t length;
        size_t capacity; /**< Of `bytes`, the NUL included. */
    } * files;
    size_t file_count;
    bool fails;              /**< Every operation does. */
    int64_t operation_count; /**< How many there were, failed ones too; may be set back to 0. */
    int64_t fails_once_at;   /**< The one operation that fails, counted from 1; 0: none. */
    int64_t fails_from;      /**< The first of those that fail, counted from 1; 0: none. */
    bool tears; /**< An append that fails leaves the first half of its addition behind. */

    struct cog_holder self;          /**< What `identify` answers; this one lives. */
    const struct cog_holder *living; /**< Borrowed: who else lives on the host of `self`. */
    size_t living_count;
};
COG_API struct cog_storage cog_storage_memory(struct cog_storage_memory *storage);

/** Releases all files and makes the storage empty again. */
COG_API void cog_storage_memory_finish(struct cog_storage_memory *storage);

#endif
