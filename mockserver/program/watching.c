#include "program/watching.h"

#include <cogbase/text.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { EVENTS_SIZE = 4096 };

/* A folder that a cluster mounts has links to files in a folder behind this link, which is put in
 * place anew when any of them changes. */
static const char mounted_data[] = "..data";

void mock_watching_finish(struct mock_watching *watching)
{
    if (watching->descriptor >= 0) {
        (void)close(watching->descriptor);
    }
    watching->descriptor = -1;
}

/* Not when it is created, for then nothing is in it yet: when who writes it is done. */
static enum cog_code watch_folder(int descriptor, const char *folder, struct cog_error *error)
{
    const uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    if (inotify_add_watch(descriptor, folder, mask) < 0) {
        return cog_error_set(error, COG_ERROR_STORAGE, "--watch: cannot watch the folder '%s': %s",
                             folder, strerror(errno));
    }
    return COG_OK;
}

enum cog_code mock_watching_init(const char *path, struct mock_watching *watching,
                                 struct cog_error *error)
{
    const char *slash = strrchr(path, '/');
    watching->name = slash != NULL ? slash + 1 : path;
    watching->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watching->descriptor < 0) {
        return cog_error_set(error, COG_ERROR_STORAGE, "--watch: the system watches no more: %s",
                             strerror(errno));
    }
    /* With its slash, so that the root is one too. */
    COG_CLEANUP(cog_string_finish)
    char *folder = slash == NULL ? strdup(".") : cog_string_clone(path, (size_t)(slash + 1 - path));
    if (folder == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    return watch_folder(watching->descriptor, folder, error);
}

static enum mock_sight judge(const struct mock_watching *watching,
                             const struct inotify_event *event, const char *name)
{
    if ((event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)) != 0) {
        return MOCK_SIGHT_LOST;
    }
    /* When there was too much to tell, it may have been among it. */
    if ((event->mask & IN_Q_OVERFLOW) != 0) {
        return MOCK_SIGHT_CHANGE;
    }
    const bool is_it =
        event->len > 0 && (strcmp(name, watching->name) == 0 || strcmp(name, mounted_data) == 0);
    return is_it ? MOCK_SIGHT_CHANGE : MOCK_SIGHT_NOTHING;
}

enum mock_sight mock_watching_look(struct mock_watching *watching)
{
    char events[EVENTS_SIZE];
    enum mock_sight sight = MOCK_SIGHT_NOTHING;
    for (;;) {
        const ssize_t length = read(watching->descriptor, events, sizeof events);
        if (length <= 0) {
            return sight;
        }
        struct inotify_event event;
        for (size_t at = 0; at < (size_t)length; at += sizeof event + event.len) {
            memcpy(&event, events + at, sizeof event);
            const enum mock_sight one = judge(watching, &event, events + at + sizeof event);
            sight = one > sight ? one : sight;
        }
    }
}
