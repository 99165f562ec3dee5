/*
 * Every allocation, and every call of the file system, of one whole promotion with its rollback
 * fails: once, and from there on. The client must come to an end that does not lie, and the next
 * process, which has what it needs, must bring the target into order.
 *
 *   shortage_test memory|files FOLDER SCENARIO STEP
 */
#include "shortage.h"
#include "torment.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** What is short, and where the client keeps its state. */
struct siege {
    struct torment torment;
    enum shortage_kind kind;
    const char *folder;
    size_t step; /* Every so many points are tried. */
};

static int remove_one(const char *path, const struct stat *status, int flag, struct FTW *ftw)
{
    (void)status;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static void folder_remove(const char *path)
{
    (void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/**
 * One run with a shortage; a second process resumes.
 *
 * @param out_count how many calls the first one made
 */
static bool run(const struct siege *siege, const struct shortage *shortage, size_t *out_count)
{
    /* A reason that cannot be searched for secrets, for want of memory, is not told. */
    static const char *const of_memory[] = {"I17", NULL};
    static const char *const of_files[] = {NULL};
    static const struct scn_undertaking undertaking = {
        .then = {SCN_COMMAND_RESUME},
        .then_count = 1,
    };
    struct cog_storage_posix files = {.directory = siege->folder};
    const struct cog_storage storage = cog_storage_posix(&files);
    folder_remove(siege->folder);
    const struct scn_simulation_options options = {
        .seed = 1,
        .transport = SCN_TRANSPORT_MEMORY,
        .undertaking = &undertaking,
        .storage = siege->kind == SHORTAGE_FILE ? &storage : NULL,
        .shift = shortage_begin(shortage),
    };
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    struct cog_error error = {0};
    char where[128];
    (void)snprintf(where, sizeof where, "point %zu%s, way %d", shortage->at,
                   shortage->is_lasting ? " and on" : "", (int)shortage->way);
    enum cog_code code =
        scn_simulation_run(&siege->torment.scenario, &options, &simulation, &error);
    *out_count = shortage_count();
    if (code == COG_ERROR_MEMORY || code == COG_ERROR_INTERNAL) {
        return true; /* There was no client at all: the program ends with 1, and nothing was sent.
                      */
    }
    if (code != COG_OK) {
        (void)fprintf(stderr, "%s: %s\n", where, error.message);
        return false;
    }
    return invariants_hold(simulation, siege->kind == SHORTAGE_MEMORY ? of_memory : of_files,
                           where);
}

/** Every point, for one way to fail. */
static bool besiege(const struct siege *siege, enum shortage_way way, bool is_lasting,
                    size_t *inout_count)
{
    const struct shortage plenty = {.kind = siege->kind};
    size_t call_count = 0;
    size_t unused = 0;
    bool is_ok = run(siege, &plenty, &call_count);
    for (size_t at = 1; at <= call_count; at += siege->step) {
        const struct shortage shortage = {
            .kind = siege->kind,
            .way = way,
            .at = at,
            .is_lasting = is_lasting,
        };
        is_ok = run(siege, &shortage, &unused) && is_ok;
        (*inout_count)++;
    }
    return is_ok;
}

static bool besiege_both(const struct siege *siege, enum shortage_way way, const char *name,
                         int *inout_number)
{
    bool is_ok = true;
    for (int is_lasting = 0; is_lasting < 2; is_lasting++) {
        /* Interrupted for ever is no fault that a system has. */
        if (is_lasting == 1 && way == SHORTAGE_INTERRUPTED) {
            continue;
        }
        char text[256];
        size_t count = 0;
        bool is_good = besiege(siege, way, is_lasting == 1, &count);
        (void)snprintf(text, sizeof text, "%s: %s%s", siege->torment.scenario.name, name,
                       is_lasting == 1 ? ", and from there on" : ", once");
        is_ok = tap_report(++*inout_number, is_good, text, count) && is_ok;
    }
    return is_ok;
}

int main(int argc, char **argv)
{
    static const char *const ways[SHORTAGE_WAY_COUNT] = {
        "each file operation fails with EIO",    "each file operation fails with ENOSPC",
        "each file operation fails with EACCES", "each write is cut short",
        "each file operation is interrupted",
    };
    const int step = argc != 5 ? 0 : torment_step(argv[4]);
    if (step == 0) {
        (void)fprintf(stderr, "usage: shortage_test memory|files FOLDER SCENARIO STEP\n");
        return 2;
    }
    shortage_install();
    struct siege siege = {
        .kind = strcmp(argv[1], "memory") == 0 ? SHORTAGE_MEMORY : SHORTAGE_FILE,
        .folder = argv[2],
        .step = (size_t)step,
    };
    torment_init(&siege.torment, argv[3]);
    int number = 0;
    bool is_ok = true;
    if (siege.kind == SHORTAGE_MEMORY) {
        is_ok = besiege_both(&siege, SHORTAGE_IO_ERROR, "each allocation fails", &number);
    }
    for (int way = 0; siege.kind == SHORTAGE_FILE && way < SHORTAGE_WAY_COUNT; way++) {
        is_ok = besiege_both(&siege, (enum shortage_way)way, ways[way], &number) && is_ok;
    }
    (void)printf("1..%d\n", number);
    folder_remove(siege.folder);
    torment_finish(&siege.torment);
    return is_ok ? 0 : 1;
}
