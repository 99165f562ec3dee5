/* A lock's file, written by whoever: it is read, listed, taken and given back. */
#include "file.h"
#include "input.h"
#include "lock_file.h"

#include <cogbase/text.h>
#include <cogpromote/lock.h>

#include <string.h>

#define TARGET   "env-target"
#define HOLDER   "00000000-0000-4000-8000-000000000001"
#define NEWCOMER "00000000-0000-4000-8000-000000000002"

static enum cog_code read_lock(struct cog_storage storage, struct cog_lock *out_lock)
{
    struct cog_error error = {0};
    const enum cog_code code = cog_lock_read(storage, TARGET, out_lock, &error);
    fuzz_expect(code == COG_OK || code == COG_ERROR_SYNTAX, "a lock is good or damaged");
    fuzz_expect_plain(error.message, "an error's message is plain text");
    fuzz_expect_plain(error.cause, "an error's cause is plain text");
    return code;
}

static void expect_listed(struct cog_storage storage, enum cog_code expected, bool is_free)
{
    struct cog_lock_list list = {0};
    fuzz_expect(cog_lock_list_read(storage, &list, NULL) == expected, "a list says what one says");
    fuzz_expect(expected != COG_OK || list.count == (is_free ? 0 : 1), "a lock is listed");
    cog_lock_list_finish(&list);
}

/** Only what is free, or the abandoned lock of the run that is named, may be taken. */
static void expect_taken(struct cog_storage storage, struct cog_clock clock, enum cog_code before,
                         const struct cog_lock *lock)
{
    const struct cog_lock_claim claim = {
        .target_environment_id = TARGET,
        .run_id = NEWCOMER,
        .actor = "actor",
        .replaces_run_id = HOLDER,
    };
    struct cog_lock found = {0};
    struct cog_error error = {0};
    const enum cog_code code = cog_lock_take(storage, clock, &claim, &found, &error);
    fuzz_expect_plain(error.message, "an error's message is plain text");
    fuzz_expect_plain(error.cause, "an error's cause is plain text");
    if (before != COG_OK) {
        fuzz_expect(code == before, "a damaged lock is nobody's");
        return;
    }
    const bool is_ours = strcmp(lock->run_id, HOLDER) == 0 || strcmp(lock->run_id, NEWCOMER) == 0;
    fuzz_expect(code == COG_OK || code == COG_ERROR_CONFLICT, "a lock is taken, or somebody's");
    fuzz_expect(code != COG_OK || lock->state == COG_LOCK_FREE || is_ours,
                "another run's lock is left alone");
    fuzz_expect(code == COG_OK || lock->state != COG_LOCK_FREE, "what is free can be taken");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, INT64_C(784111777000));
    COG_CLEANUP(cog_storage_memory_finish)
    struct cog_storage_memory memory = {.self = {.host = "here", .boot_id = "boot", .pid = 2}};
    const struct cog_storage storage = cog_storage_memory(&memory);
    char name[LOCK_FILE_NAME_SIZE];
    fuzz_expect(cog_lock_file_name(TARGET, name, NULL) == COG_OK, "a lock's file has a name");
    fuzz_file_put(&memory, name, fuzz_bytes_take(&input), length);

    struct cog_lock lock = {0};
    const enum cog_code code = read_lock(storage, &lock);
    expect_listed(storage, code, lock.state == COG_LOCK_FREE);
    expect_taken(storage, cog_clock_virtual(&clock), code, &lock);

    fuzz_expect(cog_lock_release(storage, TARGET, NULL, NULL) == COG_OK,
                "whatever it is, it can be released by hand");
    struct cog_lock released = {0};
    fuzz_expect(read_lock(storage, &released) == COG_OK && released.state == COG_LOCK_FREE,
                "it is free then");
    return 0;
}
