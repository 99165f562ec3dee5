/** The bytes that a fuzzer made up, taken piece by piece; and what a target says of what it saw. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What each target defines, and libFuzzer or replay.c calls. @return always 0 */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

struct fuzz_input {
    const uint8_t *bytes; /**< Borrowed. */
    size_t length;
};

/** The next byte; 0 when there is none. */
uint8_t fuzz_byte_take(struct fuzz_input *input);

/**
 * Everything up to `end`, which is taken too, or up to the last byte. The memory is as small as the
 * text, so that AddressSanitizer sees who reads behind it.
 *
 * @return owned by the caller, free() it; a NUL follows the last byte
 */
char *fuzz_text_take(struct fuzz_input *input, char end, size_t *out_length);

/** Everything that is left. @return as `fuzz_text_take` */
char *fuzz_bytes_take(struct fuzz_input *input);

/** Ends the process, loudly, when a promise was not kept. */
void fuzz_expect(bool is_kept, const char *promise);

/** A peer's text must not steer a terminal or a log: UTF-8 without control characters. */
void fuzz_expect_plain(const char *text, const char *promise);

/** The same of a text of several lines. */
void fuzz_expect_plain_lines(const char *text, const char *promise);

#endif
