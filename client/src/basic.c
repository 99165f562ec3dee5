#include "basic.h"

#include "escape.h"
#include "secret.h"

#include <cogbase/text.h>

#include <limits.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

static const char PREFIX[] = "Basic ";

static void append_part(struct cog_text *text, const char *part, enum cog_basic_encoding encoding)
{
    if (encoding == COG_BASIC_FORM) {
        cog_escape_append_form(text, part);
    } else {
        cog_text_append(text, part);
    }
}

/* "id:secret", or NULL. */
static char *join_credentials(const char *client_id, const char *client_secret,
                              enum cog_basic_encoding encoding)
{
    struct cog_text text = {0};
    append_part(&text, client_id, encoding);
    cog_text_append(&text, ":");
    append_part(&text, client_secret, encoding);
    return cog_text_take(&text);
}

enum cog_code cog_basic_format(const char *client_id, const char *client_secret,
                               enum cog_basic_encoding encoding, char **out_value,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_secret_finish)
    char *credentials = join_credentials(client_id, client_secret, encoding);
    if (credentials == NULL || strlen(credentials) > INT_MAX) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const size_t length = strlen(credentials);
    const size_t prefix_length = sizeof PREFIX - 1;
    char *value = malloc(prefix_length + (length + 2) / 3 * 4 + 1);
    if (value == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    memcpy(value, PREFIX, prefix_length);
    (void)EVP_EncodeBlock((unsigned char *)value + prefix_length,
                          (const unsigned char *)credentials, (int)length);
    *out_value = value;
    return COG_OK;
}
