#include "http_status.h"

#include <stddef.h>

static const struct {
    int status;
    enum cog_code code;
    const char *name;
} STATUSES[] = {
    {200, COG_OK, "OK"},
    {201, COG_OK, "Created"},
    {202, COG_OK, "Accepted"},
    {204, COG_OK, "No Content"},
    {301, COG_ERROR_PROTOCOL, "Moved Permanently"},
    {302, COG_ERROR_PROTOCOL, "Found"},
    {303, COG_ERROR_PROTOCOL, "See Other"},
    {307, COG_ERROR_PROTOCOL, "Temporary Redirect"},
    {308, COG_ERROR_PROTOCOL, "Permanent Redirect"},
    {400, COG_ERROR_REFUSED, "Bad Request"},
    {401, COG_ERROR_UNAUTHORIZED, "Unauthorized"},
    {403, COG_ERROR_FORBIDDEN, "Forbidden"},
    {404, COG_ERROR_NOT_FOUND, "Not Found"},
    {405, COG_ERROR_NOT_FOUND, "Method Not Allowed"},
    {408, COG_ERROR_UNAVAILABLE, "Request Timeout"},
    {409, COG_ERROR_CONFLICT, "Conflict"},
    {410, COG_ERROR_REFUSED, "Gone"},
    {412, COG_ERROR_REFUSED, "Precondition Failed"},
    {413, COG_ERROR_REFUSED, "Content Too Large"},
    {415, COG_ERROR_REFUSED, "Unsupported Media Type"},
    {422, COG_ERROR_REFUSED, "Unprocessable Content"},
    {425, COG_ERROR_REFUSED, "Too Early"},
    {429, COG_ERROR_THROTTLED, "Too Many Requests"},
    {500, COG_ERROR_UNAVAILABLE, "Internal Server Error"},
    {501, COG_ERROR_NOT_FOUND, "Not Implemented"},
    {502, COG_ERROR_UNAVAILABLE, "Bad Gateway"},
    {503, COG_ERROR_UNAVAILABLE, "Service Unavailable"},
    {504, COG_ERROR_UNAVAILABLE, "Gateway Timeout"},
    {507, COG_ERROR_UNAVAILABLE, "Insufficient Storage"},
};

enum { STATUS_COUNT = sizeof STATUSES / sizeof STATUSES[0] };

static enum cog_code code_of_class(int status)
{
    switch (status / 100) {
    case 2:
        return COG_OK;
    case 4:
        return COG_ERROR_REFUSED;
    case 5:
        return COG_ERROR_UNAVAILABLE;
    default:
        return COG_ERROR_PROTOCOL;
    }
}

enum cog_code cog_http_status_code(int status)
{
    for (size_t i = 0; i < STATUS_COUNT; i++) {
        if (STATUSES[i].status == status) {
            return STATUSES[i].code;
        }
    }
    return code_of_class(status);
}

const char *cog_http_status_name(int status)
{
    for (size_t i = 0; i < STATUS_COUNT; i++) {
        if (STATUSES[i].status == status) {
            return STATUSES[i].name;
        }
    }
    return "";
}
