#include "session/watch.h"

#include <cogbase/text.h>
#include <cogpromote/clock.h>

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DEPTH_MAX = 8,        /* As deep as a suite is searched. */
    SETTLE_MS = 100,      /* An editor that saves does some things in a row. */
    SETTLE_MS_MAX = 2000, /* But somebody may write all the time. */
    EVENTS_SIZE = 4096,
    SECOND_MS = 1000,
    MILLISECOND_NS = 1000000,
};

static const uint32_t happenings =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_ONLYDIR;

enum cog_code scn_watch_init(struct scn_watch *out_watch, struct cog_error *error)
{
    const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot watch files: %s", strerror(errno));
    }
    *out_watch = (struct scn_watch){.descriptor = descriptor};
    return COG_OK;
}

static void close_folder(DIR **folder)
{
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void look_after_folder(const struct scn_watch *watch, const char *path, int depth)
{
    COG_CLEANUP(close_folder) DIR *folder = opendir(path);
    if (folder == NULL || depth > DEPTH_MAX) {
        return;
    }
    (void)inotify_add_watch(watch->descriptor, path, happenings);
    const struct dirent *member = NULL;
    while ((member = readdir(folder)) != NULL) {
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
        cog_text_append_format(&text, "%s/%s", path, member->d_name);
        if (member->d_name[0] != '.' && is_folder(cog_text_string(&text))) {
            look_after_folder(watch, cog_text_string(&text), depth + 1);
        }
    }
}

/* A file is replaced in its folder: the file itself may be another one by then. */
static void look_after_file(const struct scn_watch *watch, const char *path)
{
    const char *slash = strrchr(path, '/');
    COG_CLEANUP(cog_string_finish)
    char *folder = slash != NULL ? cog_string_clone(path, (size_t)(slash - path) + 1) : strdup(".");
    if (folder != NULL) {
        (void)inotify_add_watch(watch->descriptor, folder, happenings);
    }
}

void scn_watch_look_after(struct scn_watch *watch, const char *const *paths, size_t path_count)
{
    for (size_t i = 0; i < path_count; i++) {
        if (is_folder(paths[i])) {
            look_after_folder(watch, paths[i], 0);
        } else {
            look_after_file(watch, paths[i]);
        }
    }
    watch->loading_unix_ms = cog_clock_unix_ms(cog_clock_posix());
}

/* What the events are is of no interest: the stamps tell. */
static void drain(const struct scn_watch *watch)
{
    char events[EVENTS_SIZE];
    while (read(watch->descriptor, events, sizeof events) > 0) {
    }
}

/* @return whether there is something to read for the watch */
static bool wait_for(const struct scn_watch *watch, int interrupt_descriptor, int timeout_ms,
                     bool *out_is_interrupted)
{
    struct pollfd descriptors[] = {
        {.fd = watch->descriptor, .events = POLLIN},
        {.fd = interrupt_descriptor, .events = POLLIN},
    };
    const int count = poll(descriptors, sizeof descriptors / sizeof descriptors[0], timeout_ms);
    *out_is_interrupted = count > 0 && descriptors[1].revents != 0;
    return count > 0 && descriptors[0].revents != 0;
}

enum cog_code scn_watch_wait(const struct scn_watch *watch, int interrupt_descriptor,
                             struct cog_error *error)
{
    bool is_interrupted = false;
    while (!wait_for(watch, interrupt_descriptor, -1, &is_interrupted) && !is_interrupted) {
    }
    for (int waited_ms = 0; !is_interrupted && waited_ms < SETTLE_MS_MAX; waited_ms += SETTLE_MS) {
        drain(watch);
        if (!wait_for(watch, interrupt_descriptor, SETTLE_MS, &is_interrupted)) {
            break;
        }
    }
    return is_interrupted ? cog_error_set(error, COG_ERROR_CANCELLED, "interrupted") : COG_OK;
}

/* A file that changes while it is read may be read as it was: its stamp tells nothing then. */
static void stamp_take(const struct scn_watch *watch, const char *path, struct scn_stamp *stamp)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return;
    }
    const int64_t changed_ms = (int64_t)status.st_ctim.tv_sec * SECOND_MS +
                               (int64_t)status.st_ctim.tv_nsec / MILLISECOND_NS;
    if (changed_ms < watch->loading_unix_ms) {
        stamp->number = (int64_t)status.st_ino;
        stamp->length = (int64_t)status.st_size;
        stamp->changed_s = (int64_t)status.st_ctim.tv_sec;
        stamp->changed_ns = (int64_t)status.st_ctim.tv_nsec;
    }
}

/* Both lists are in the order of the paths. */
static int compare_paths(const void *key, const void *element)
{
    const struct scn_stamp *stamp = element;
    return strcmp(key, stamp->path);
}

static const struct scn_stamp *find_stamp(const struct scn_watch *watch, const char *path)
{
    return watch->count == 0
               ? NULL
               : bsearch(path, watch->stamps, watch->count, sizeof *watch->stamps, compare_paths);
}

static bool stamp_equals(const struct scn_stamp *left, const struct scn_stamp *right)
{
    return left->number != 0 && left->number == right->number && left->length == right->length &&
           left->changed_s == right->changed_s && left->changed_ns == right->changed_ns;
}

static void stamps_finish(struct scn_watch *watch)
{
    for (size_t i = 0; i < watch->count; i++) {
        free(watch->stamps[i].path);
    }
    free(watch->stamps);
    watch->stamps = NULL;
    watch->count = 0;
}

/* One a file, however many scenarios are in it. */
static enum cog_code take_stamps(const struct scn_watch *watch, const struct scn_suite *suite,
                                 struct scn_watch *out_next)
{
    struct scn_stamp *stamps = calloc(suite->count + 1, sizeof *stamps);
    if (stamps == NULL) {
        return COG_ERROR_MEMORY;
    }
    out_next->stamps = stamps;
    for (size_t i = 0; i < suite->count; i++) {
        const char *path = suite->entries[i].path;
        if (i > 0 && strcmp(path, suite->entries[i - 1].path) == 0) {
            continue;
        }
        struct scn_stamp *stamp = &stamps[out_next->count];
        stamp->path = strdup(path);
        if (stamp->path == NULL) {
            return COG_ERROR_MEMORY;
        }
        out_next->count++;
        stamp_take(watch, path, stamp);
    }
    return COG_OK;
}

/* The stamps before and now. */
struct comparison {
    const struct scn_watch *before;
    const struct scn_watch *now;
};

static bool has_changed(void *context, const struct scn_suite_entry *entry)
{
    const struct comparison *comparison = context;
    const struct scn_stamp *before = find_stamp(comparison->before, entry->path);
    const struct scn_stamp *now = find_stamp(comparison->now, entry->path);
    return before == NULL || now == NULL || !stamp_equals(before, now);
}

enum cog_code scn_watch_keep_changed(struct scn_watch *watch, struct scn_suite *suite,
                                     struct cog_error *error)
{
    COG_CLEANUP(stamps_finish) struct scn_watch next = {0};
    if (take_stamps(watch, suite, &next) != COG_OK) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    scn_suite_keep(suite, has_changed, &(struct comparison){watch, &next});
    struct scn_watch before = *watch;
    watch->stamps = next.stamps;
    watch->count = next.count;
    next.stamps = before.stamps;
    next.count = before.count;
    return COG_OK;
}

void scn_watch_finish(struct scn_watch *watch)
{
    stamps_finish(watch);
    if (watch->descriptor >= 0) {
        (void)close(watch->descriptor);
        watch->descriptor = -1;
    }
}
