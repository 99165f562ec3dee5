/** Numbers that a seed draws: the same for the same place, whatever was drawn before. */
#ifndef MOCK_SCRIPT_DRAW_H
#define MOCK_SCRIPT_DRAW_H

#include <stdint.h>

/** Goes on from `state` (at first 0) with one thing that tells the place from others. */
uint64_t mock_draw_mix(uint64_t state, uint64_t value);

/** Likewise, with each byte of a text. */
uint64_t mock_draw_mix_text(uint64_t state, const char *text);

#endif
