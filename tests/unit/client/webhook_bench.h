/** A client with a receiver of notices on a script. */
#ifndef WEBHOOK_BENCH_H
#define WEBHOOK_BENCH_H

#include "support/expect.h"
#include "support/recorded_log.h"
#include "support/scripted_transport.h"

#include <cogpromote/webhook.h>

#define WEBHOOK_BENCH_START_UNIX_MS INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

/** Set the answers, then `init`. */
struct webhook_bench {
    struct scripted_transport receiver;
    struct cog_clock_virtual clock;
    struct cog_random_seeded random;
    struct cog_storage_memory storage;
    struct recorded_log log;
    struct cog_config config;
    struct cog_client *client;
    struct cog_error error;
};

/** With a URL and a secret, three attempts, and 10 s for a notice. */
void webhook_bench_init(struct webhook_bench *bench);

/** For COG_CLEANUP. */
void webhook_bench_finish(struct webhook_bench *bench);

/** Changes a setting. */
void webhook_bench_set(struct webhook_bench *bench, const char *name, const char *value);

/** Of the n-th run: rolled back. */
struct cog_report webhook_report(int number);

/** What is in a file of the outbox; "" for none. @return free() it */
char *webhook_bench_outbox(struct webhook_bench *bench, int number);

/** Makes a file of the storage hold this. */
void webhook_bench_put(struct webhook_bench *bench, const char *name, const char *text);

#endif
