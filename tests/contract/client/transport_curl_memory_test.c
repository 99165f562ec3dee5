/*
 * Runs out of memory at each allocation of a request in turn, libcurl's own among them: linked with
 * --wrap, since this library hands libcurl its allocators.
 */
#include <cogpromote/transport_curl.h>

#include "raw_server.h"
#include "support/expect.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(transport_curl_memory, .timeout = 30.0);

/* Allocations until one fails; negative: none does. */
static atomic_int left = -1;

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker's names. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

static bool is_out(void)
{
    return atomic_load(&left) >= 0 && atomic_fetch_sub(&left, 1) == 0;
}

void *__wrap_malloc(size_t size)
{
    return is_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return is_out() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return is_out() ? NULL : __real_strdup(text);
}

/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* To a port of this machine where nobody listens, by name: the resolver runs too. */
static enum cog_code send_failing(int allocation, int port, struct cog_error *error)
{
    const struct cog_transport_curl_options options = {.clock = cog_clock_posix()};
    struct cog_transport_curl *transport = NULL;
    char url[64];
    (void)snprintf(url, sizeof url, "http://localhost:%d/", port);
    const struct cog_header header = {"Accept", "application/json"};
    const struct cog_request request = {
        .call = "test",
        .method = "POST",
        .url = url,
        .headers = &header,
        .header_count = 1,
        .body = "{}",
        .body_length = 2,
        .timeout_ms = 10000,
        .deadline_ms = INT64_MAX,
    };
    struct cog_response response = {0};
    atomic_store(&left, allocation);
    enum cog_code code = cog_transport_curl_create(&options, &transport, error);
    if (code == COG_OK) {
        code = cog_transport_send(cog_transport_curl(transport), &request, &response, error);
    }
    const bool has_failed = atomic_exchange(&left, -1) < 0;
    cog_transport_curl_destroy(transport);
    cog_response_finish(&response);
    return has_failed || code != COG_ERROR_UNREACHABLE ? code : COG_OK;
}

Test(transport_curl_memory, that_runs_out_is_never_called_anything_else)
{
    const int port = raw_port_unused();
    struct cog_error error = {0};
    /* libcurl is initialised once; it has no handle to report with then. */
    ASSERT_CODE(send_failing(INT32_MAX, port, &error), COG_OK, error);
    int allocation = 0;
    enum cog_code code = send_failing(allocation, port, &error);
    for (; code != COG_OK && allocation < 10000; allocation++) {
        /* Where it runs out behind the end, the end is the true one. */
        const bool is_true = code == COG_ERROR_UNREACHABLE &&
                             strstr(error.message, "Failed to connect to localhost") != NULL;
        cr_expect(code == COG_ERROR_MEMORY || is_true, "allocation %d: %s: %s", allocation,
                  cog_code_name(code), error.message);
        code = send_failing(allocation + 1, port, &error);
    }
    cr_expect(code == COG_OK && allocation > 10, "ended at allocation %d", allocation);
}
