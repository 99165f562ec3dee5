/** Notices that a file changes, also when an editor puts another one in its place. */
#ifndef MOCK_PROGRAM_WATCHING_H
#define MOCK_PROGRAM_WATCHING_H

#include <cogpromote/error.h>

enum mock_sight {
    MOCK_SIGHT_NOTHING,
    MOCK_SIGHT_CHANGE, /**< It was written, or another one is in its place. */
    MOCK_SIGHT_LOST,   /**< Its folder is gone: nothing more will be seen. */
};

/** Watches the file's folder: a watch on the file itself would follow it when it is renamed. */
struct mock_watching {
    int descriptor;   /**< For poll(2); -1 when nothing is watched. */
    const char *name; /**< Within its folder. Borrowed from the path. */
};

/** Safe for one whose descriptor is -1. */
void mock_watching_finish(struct mock_watching *watching);

/**
 * @param path of a file; borrowed, must outlive the watching
 * @param watching to be finished by the caller, also on failure
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code mock_watching_init(const char *path, struct mock_watching *watching,
                                 struct cog_error *error) COG_CHECK;

/** What was seen since the last look; does not wait. */
enum mock_sight mock_watching_look(struct mock_watching *watching);

#endif
