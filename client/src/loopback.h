/** What does not leave this machine. */
#ifndef LOOPBACK_H
#define LOOPBACK_H

#include <stdbool.h>

/** By address, not by how the text begins: 127.0.0.1.example is somebody else's host. */
bool cog_loopback_is_host(const char *host);

/** Whether a URL is `http://` and its host this machine. */
bool cog_loopback_is_clear_url(const char *url);

#endif
