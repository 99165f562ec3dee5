/*
 * The peak of the heap in a whole promotion, beside the same requests by plain libcurl.
 *
 *   heap_bench SERVER-PROGRAM
 */
#include "heap.h"
#include "plain.h"
#include "promotion.h"
#include "server_process.h"

#include <stdio.h>
#include <stdlib.h>

static void report(const char *name)
{
    const size_t peak = heap_peak();
    const size_t count = heap_count();
    (void)printf("%-20s %8zu KiB %8zu allocations\n", name, peak / 1024, count);
}

int main(int argc, char **argv)
{
    static struct recording recording;
    if (argc != 2) {
        (void)fprintf(stderr, "usage: heap_bench SERVER-PROGRAM\n");
        return EXIT_FAILURE;
    }
    struct bench_server server;
    bench_server_start(&server, argv[1]);
    const struct bench_promotion promotion = {.api_base = server.api_base};
    /* The first one also makes what libraries keep for ever. */
    heap_peak_reset();
    bench_promotion_run(&promotion, &recording);
    report("cog_promote, first");
    heap_peak_reset();
    bench_promotion_run(&promotion, NULL);
    report("cog_promote, second");
    heap_peak_reset();
    plain_run(&recording);
    report("plain libcurl");
    recording_finish(&recording);
    bench_server_stop(&server);
    return EXIT_SUCCESS;
}
