#include "loopback.h"

#include <arpa/inet.h>
#include <string.h>

/* Longer than any loopback address that people write. */
enum { HOST_SIZE = 64 };

static const char SCHEME[] = "http://";

bool cog_loopback_is_host(const char *host)
{
    unsigned char address[4];
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (inet_pton(AF_INET, host, address) == 1 && address[0] == 127);
}

bool cog_loopback_is_clear_url(const char *url)
{
    if (strncmp(url, SCHEME, sizeof SCHEME - 1) != 0) {
        return false;
    }
    url += sizeof SCHEME - 1;
    const size_t length = *url == '[' ? strcspn(url, "]/") + 1 : strcspn(url, ":/?#@");
    char host[HOST_SIZE];
    if (length >= sizeof host || strlen(url) < length) {
        return false;
    }
    memcpy(host, url, length);
    host[length] = '\0';
    return cog_loopback_is_host(host);
}
