/* What reaches the disk, and when: linked with --wrap, to note the calls in their order. */
#include <cogpromote/storage.h>

#include "folder.h"
#include "storage_bench.h"
#include "support/expect.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

static char directory[FOLDER_PATH_SIZE];
static char calls[256];

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker's names. */
ssize_t __real_write(int descriptor, const void *bytes, size_t length);
int __real_fsync(int descriptor);
int __real_renameat(int from, const char *old_name, int to, const char *new_name);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t length);
int __wrap_fsync(int descriptor);
int __wrap_renameat(int from, const char *old_name, int to, const char *new_name);

static void note(const char *call)
{
    const size_t length = strlen(calls);
    (void)snprintf(calls + length, sizeof calls - length, "%s ", call);
}

ssize_t __wrap_write(int descriptor, const void *bytes, size_t length)
{
    note("write");
    return __real_write(descriptor, bytes, length);
}

int __wrap_fsync(int descriptor)
{
    note("fsync");
    return __real_fsync(descriptor);
}

int __wrap_renameat(int from, const char *old_name, int to, const char *new_name)
{
    note("rename");
    return __real_renameat(from, old_name, to, new_name);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

static void make_folder(void)
{
    folder_create(directory);
}

static void remove_folder(void)
{
    folder_remove(directory);
}

TestSuite(storage_sync, .init = make_folder, .fini = remove_folder, .timeout = 5.0);

Test(storage_sync, is_done_after_the_one_write_of_an_append)
{
    struct cog_storage_posix storage = {.directory = directory};
    EXPECT_INT(bench_append(cog_storage_posix(&storage), "audit.jsonl", "one\n"), COG_OK);
    calls[0] = '\0';

    EXPECT_INT(bench_append(cog_storage_posix(&storage), "audit.jsonl", "two\n"), COG_OK);

    EXPECT_STR(calls, "write fsync ");
}

Test(storage_sync, is_done_before_an_update_takes_the_place_of_the_file_and_after_it)
{
    struct cog_storage_posix storage = {.directory = directory};
    EXPECT_INT(bench_update(cog_storage_posix(&storage), "lock.json", "one"), COG_OK);
    calls[0] = '\0';

    EXPECT_INT(bench_update(cog_storage_posix(&storage), "lock.json", "two"), COG_OK);

    EXPECT_STR(calls, "write fsync rename fsync ");
}
