#include "script/draw.h"

/* The finalizer of SplitMix64: each bit of what goes in changes half of what comes out. */
uint64_t mock_draw_mix(uint64_t state, uint64_t value)
{
    uint64_t z = (state ^ value) + UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t mock_draw_mix_text(uint64_t state, const char *text)
{
    for (; *text != '\0'; text++) {
        state = mock_draw_mix(state, (unsigned char)*text);
    }
    return state;
}
