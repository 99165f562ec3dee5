/** A fake with tenants and a control plane, in virtual time, which a fuzzer asks without sockets.
 */
#ifndef FUZZ_FAKE_H
#define FUZZ_FAKE_H

#include "input.h"

#include <cogmock/control.h>

enum { FUZZ_BEARER_SIZE = 160 };

struct fuzz_fake {
    struct cog_clock_virtual clock;
    struct mock_tenants *tenants;
    struct mock_control *control;
    char bearer[FUZZ_BEARER_SIZE]; /**< A token of the default tenant, with its scheme. */
};

/** @param scenario JSON, the default world where it is none; NULL likewise */
void fuzz_fake_init(struct fuzz_fake *fake, const char *scenario);

void fuzz_fake_finish(struct fuzz_fake *fake);

/**
 * One request: "METHOD TARGET", lines "Name: value", an empty line, the body. A method with '!' in
 * front brings a valid token; "@1000" in its place lets so many milliseconds pass.
 *
 * @param text is taken apart
 * @param out_plan the caller finishes it; empty when nothing was asked
 * @return whether the control plane was asked
 */
bool fuzz_fake_ask(struct fuzz_fake *fake, char *text, size_t length, struct mock_plan *out_plan);

/** What each answer keeps, whatever was asked. */
void fuzz_expect_plan(const struct fuzz_fake *fake, const struct mock_plan *plan);

/** What is said to be JSON is JSON. */
void fuzz_expect_json(const struct mock_plan *plan);

/** A header of an answer; "" for none. */
const char *fuzz_plan_header(const struct mock_plan *plan, const char *name);

#endif
