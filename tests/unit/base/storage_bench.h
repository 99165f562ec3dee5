/** What tests of storages share: a scripted composer, and all storages in turn. */
#ifndef STORAGE_BENCH_H
#define STORAGE_BENCH_H

#include <cogpromote/storage.h>

/** Answers `text`, or fails with `code`; remembers what was there. */
struct bench_script {
    const char *text; /**< NULL: leaves the file as it is. */
    enum cog_code code;
    char seen[64];
    size_t seen_length;
    int count;
};

struct cog_storage_composer bench_composer(struct bench_script *script);

enum cog_code bench_append(struct cog_storage storage, const char *name, const char *addition);
enum cog_code bench_update(struct cog_storage storage, const char *name, const char *text);

void bench_expect_content(struct cog_storage storage, const char *name, const char *expected);

/** Expects these names, joined by spaces, in this order. */
void bench_expect_names(struct cog_storage storage, const char *folder, const char *expected);

/** Runs a rule on an empty storage of each kind; the folder of files does not exist yet. */
void bench_for_each_storage(void (*rule)(struct cog_storage storage));

#endif
