#include "simulation/leftovers.h"

#include <poll.h>

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif

#ifdef IS_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

/* New descriptors are the lowest free ones: what a run leaves open is among the first. */
enum { DESCRIPTORS_MAX = 256 };

int scn_descriptors_count(void)
{
    struct pollfd descriptors[DESCRIPTORS_MAX];
    for (int i = 0; i < DESCRIPTORS_MAX; i++) {
        descriptors[i] = (struct pollfd){.fd = i};
    }
    if (poll(descriptors, DESCRIPTORS_MAX, 0) < 0) {
        return -1;
    }
    int count = 0;
    for (int i = 0; i < DESCRIPTORS_MAX; i++) {
        count += (descriptors[i].revents & POLLNVAL) == 0 ? 1 : 0;
    }
    return count;
}

bool scn_memory_has_leaked(void)
{
#ifdef IS_SANITIZED
    return __lsan_do_recoverable_leak_check() != 0;
#else
    return false;
#endif
}
