/** The control plane of a fake that runs as a process of its own: JSON over HTTP. */
#ifndef SCN_CONTROL_H
#define SCN_CONTROL_H

#include <cogpromote/error.h>

#include <cjson/cJSON.h>

struct scn_control;

/** Texts are copied. */
struct scn_control_options {
    const char *url;    /**< "http://127.0.0.1:PORT/__mock/v1" */
    const char *tenant; /**< "default" */
    const char *token;  /**< NULL: it asks for none. */
};

/** @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
enum cog_code scn_control_create(const struct scn_control_options *options,
                                 struct scn_control **out_control,
                                 struct cog_error *error) COG_CHECK;

/**
 * Reads a resource of the tenant. It waits a few seconds at most.
 *
 * @param path "/environments", with a query where one is wanted
 * @param out_json an object; owned by the caller, cJSON_Delete() it
 * @return COG_OK, COG_ERROR_NOT_FOUND, COG_ERROR_UNREACHABLE (nobody answers), COG_ERROR_PROTOCOL
 *         (any other answer), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_control_get(struct scn_control *control, const char *path, cJSON **out_json,
                              struct cog_error *error) COG_CHECK;

/** NULL does nothing. */
void scn_control_destroy(struct scn_control *control);

#endif
