/** Tells when libcurl ran out of memory, which it reports as anything: a name, a URL, a connection.
 */
#ifndef TRANSPORT_CURL_MEMORY_H
#define TRANSPORT_CURL_MEMORY_H

#include <curl/curl.h>

/**
 * Initialises libcurl with allocators that count their failures; more than once is the same as
 * once. Where the program has initialised it before, libcurl keeps that program's.
 */
CURLcode cog_curl_memory_init(void);

/** How often libcurl was refused memory so far, in all threads: its resolver has one of its own. */
unsigned cog_curl_memory_failure_count(void);

#endif
