/** What an HTTP status means to us. */
#ifndef HTTP_STATUS_H
#define HTTP_STATUS_H

#include <cogpromote/error.h>

/** COG_OK for 2xx; a 1xx, a redirect and nonsense are COG_ERROR_PROTOCOL. */
enum cog_code cog_http_status_code(int status);

/** "Not Found"; "" for one without a well-known name. */
const char *cog_http_status_name(int status);

#endif
