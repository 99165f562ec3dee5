#include "storage_posix_holder.h"

#include <cogbase/number.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    PROC_PATH_SIZE = 64,
    PROC_STAT_SIZE = 1024,
    FIELD_STATE = 3,
    FIELD_START = 22,
};

static const int64_t PID_MAX = INT32_MAX;

/* The front of a small file of /proc, which has no length to ask for; "" when it is not there. */
static void proc_read(const char *path, char *buffer, size_t buffer_size)
{
    buffer[0] = '\0';
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return;
    }
    size_t length = 0;
    ssize_t count = 0;
    do {
        count = read(descriptor, buffer + length, buffer_size - 1 - length);
        length += count > 0 ? (size_t)count : 0;
    } while (count > 0 || (count < 0 && errno == EINTR));
    buffer[length] = '\0';
    (void)close(descriptor);
}

/* What /proc tells of a process; state '\0' and 0 ticks: nothing. */
struct process {
    char state;
    int64_t start_ticks;
};

/* The name of the program, in brackets before field 3, may have brackets and spaces of its own. */
static const char *find_field(const char *line, int field)
{
    const char *position = strrchr(line, ')');
    for (int i = FIELD_STATE - 1; i < field && position != NULL; i++) {
        position = strchr(position + 1, ' ');
    }
    return position != NULL ? position + 1 : NULL;
}

static struct process process_read(int64_t pid)
{
    char path[PROC_PATH_SIZE];
    char line[PROC_STAT_SIZE];
    (void)snprintf(path, sizeof path, "/proc/%" PRId64 "/stat", pid);
    proc_read(path, line, sizeof line);
    const char *state = find_field(line, FIELD_STATE);
    const char *start = find_field(line, FIELD_START);
    if (start == NULL) {
        return (struct process){0};
    }
    struct process process = {.state = *state};
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%.*s", (int)strcspn(start, " \n"), start);
    if (cog_number_parse_integer(digits, 0, INT64_MAX, &process.start_ticks, NULL) != COG_OK) {
        return (struct process){0};
    }
    return process;
}

static void read_host(char host[COG_HOST_SIZE])
{
    /* A name that is cut need not end with a NUL. */
    if (gethostname(host, COG_HOST_SIZE) != 0) {
        host[0] = '\0';
    }
    host[COG_HOST_SIZE - 1] = '\0';
}

static void read_boot_id(char boot_id[COG_BOOT_ID_SIZE])
{
    proc_read("/proc/sys/kernel/random/boot_id", boot_id, COG_BOOT_ID_SIZE);
    boot_id[strcspn(boot_id, "\n")] = '\0';
}

void cog_posix_holder_identify(struct cog_holder *out_holder)
{
    struct cog_holder holder = {.pid = getpid()};
    read_host(holder.host);
    read_boot_id(holder.boot_id);
    holder.start_ticks = process_read(holder.pid).start_ticks;
    *out_holder = holder;
}

static bool has_other_boot(const struct cog_holder *holder)
{
    char boot_id[COG_BOOT_ID_SIZE];
    read_boot_id(boot_id);
    return boot_id[0] != '\0' && holder->boot_id[0] != '\0' &&
           strcmp(boot_id, holder->boot_id) != 0;
}

static bool process_lives(int64_t pid, int64_t start_ticks)
{
    if (pid > PID_MAX || (kill((pid_t)pid, 0) != 0 && errno == ESRCH)) {
        return false;
    }
    const struct process process = process_read(pid);
    if (process.state == 'Z' || process.state == 'X') {
        return false;
    }
    return start_ticks == 0 || process.start_ticks == 0 || process.start_ticks == start_ticks;
}

enum cog_holder_life cog_posix_holder_ask_life(const struct cog_holder *holder)
{
    char host[COG_HOST_SIZE];
    read_host(host);
    /* A pid that is none would mean a whole group of processes to kill(). */
    if (strcmp(host, holder->host) != 0 || holder->pid <= 0) {
        return COG_HOLDER_ELSEWHERE;
    }
    if (has_other_boot(holder)) {
        return COG_HOLDER_DEAD;
    }
    return process_lives(holder->pid, holder->start_ticks) ? COG_HOLDER_ALIVE : COG_HOLDER_DEAD;
}
