/** Reading OAuth clients, for the file that reads the member `oauth`. */
#ifndef MOCK_SCRIPT_OAUTH_CLIENTS_H
#define MOCK_SCRIPT_OAUTH_CLIENTS_H

#include "world/clients.h"

#include <cogbase/document.h>

/** The optional member `scopes`. */
enum cog_code mock_script_read_scopes(const struct cog_document *document, const cJSON *object,
                                      unsigned *inout_scopes, struct cog_error *error) COG_CHECK;

/** The optional member `clients`; it replaces those that were there. */
enum cog_code mock_script_read_clients(const struct cog_document *document, const cJSON *object,
                                       struct mock_clients *clients,
                                       struct cog_error *error) COG_CHECK;

#endif
