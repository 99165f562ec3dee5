#include "simulation/mishap.h"

#include <assert.h>
#include <string.h>

static enum cog_code refuse(const char *host, struct cog_error *error)
{
    const size_t name_length = strcspn(host, ":");
    const char *port = host[name_length] == ':' ? host + name_length + 1 : "80";
    /* Time stands still while a connection is made. */
    return cog_error_set(error, COG_ERROR_UNREACHABLE,
                         "Failed to connect to %.*s port %s after 0 ms: Couldn't connect to server",
                         (int)name_length, host, port);
}

enum cog_code scn_mishap_fail(enum scn_mishap mishap, const struct scn_mishap_detail *detail,
                              struct cog_error *error)
{
    static const struct {
        enum cog_code code;
        const char *text;
    } plain[] = {
        [SCN_MISHAP_RESET] = {COG_ERROR_NETWORK, "Recv failure: Connection reset by peer"},
        [SCN_MISHAP_NOTHING] = {COG_ERROR_NETWORK, "Empty reply from server"},
        [SCN_MISHAP_NO_HTTP] = {COG_ERROR_PROTOCOL, "Received HTTP/0.9 when not allowed"},
        [SCN_MISHAP_BAD_CHUNK] = {COG_ERROR_NETWORK,
                                  "Illegal or missing hexadecimal sequence in chunked-encoding"},
        [SCN_MISHAP_TOO_LONG] = {COG_ERROR_PROTOCOL, "Maximum file size exceeded"},
    };
    assert(mishap != SCN_MISHAP_NONE);
    switch ((int)mishap) {
    case SCN_MISHAP_UNRESOLVED:
        return cog_error_set(error, COG_ERROR_UNREACHABLE, "Could not resolve host: %s",
                             detail->host);
    case SCN_MISHAP_REFUSED:
        return refuse(detail->host, error);
    case SCN_MISHAP_PARTIAL:
        return cog_error_set(error, COG_ERROR_NETWORK,
                             "transfer closed with %zu bytes remaining to read",
                             detail->missing_length);
    default:
        return cog_error_set(error, plain[mishap].code, "%s", plain[mishap].text);
    }
}
