/** Where a server is that somebody else runs, by the address of its API. */
#ifndef SCN_SERVER_PLACE_H
#define SCN_SERVER_PLACE_H

#include <cogpromote/error.h>

/** `{0}` is none, and safe to finish. Texts are owned. */
struct scn_server_place {
    char *host;        /**< "127.0.0.1:8080" */
    char *control_url; /**< "http://127.0.0.1:8080/__mock/v1" */
    char *tenant;      /**< "default", or what stands behind /t/. */
    char *webhook_url; /**< "http://127.0.0.1:8080/t/NAME/hooks/ci" */
};

/**
 * Reads "http://HOST:PORT/api/v1" and "http://HOST:PORT/t/NAME/api/v1".
 *
 * @return COG_OK, COG_ERROR_CONFIGURATION (any other), COG_ERROR_MEMORY
 */
enum cog_code scn_server_place_parse(const char *api_base, struct scn_server_place *out_place,
                                     struct cog_error *error) COG_CHECK;

void scn_server_place_finish(struct scn_server_place *place);

#endif
