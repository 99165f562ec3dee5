/** One promotion on a scripted platform, in virtual time. */
#ifndef PROMOTION_BENCH_H
#define PROMOTION_BENCH_H

#include "promotion.h"
#include "support/scripted_platform.h"

struct bench {
    struct scripted_platform script;
    struct cog_config config;
    struct cog_clock_virtual clock;
    struct cog_random_seeded random;
    struct cog_storage_memory storage; /**< With the journal and the locks. */
    struct cog_course course;
    struct cog_report report; /**< The course's, after the run. */
};

/** The settings that matter here, with limits short enough to be reached. */
struct cog_config bench_settings(void);

/** A job that runs for the whole minute of the promotion, and then as `after` says. */
struct bench bench_overdue(const enum cog_job_status *after, size_t count);

/** Runs it to its end. @param cancel may be NULL; releases the storage */
void bench_run(struct bench *bench, const struct cog_cancel *cancel);

/** The same, from where `bench->course` stands, which `bench_begin` has set; keeps the storage. */
void bench_begin(struct bench *bench);
void bench_go_on(struct bench *bench, const struct cog_cancel *cancel);

void bench_expect_end(const struct bench *bench, enum cog_outcome outcome,
                      enum cog_target_state target, const char *step);

#endif
