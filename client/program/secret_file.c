#include "secret_file.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

enum { SECRET_SIZE = 4096 };

enum cog_code cog_secret_file_read(const char *path, struct cog_config *config,
                                   struct cog_error *error)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "cannot read the secret file '%s': %s",
                             path, strerror(errno));
    }
    char line[SECRET_SIZE];
    /* No buffer of stdio's own may keep a copy of the secret. */
    (void)setvbuf(file, NULL, _IONBF, 0);
    bool is_read = fgets(line, sizeof line, file) != NULL;
    (void)fclose(file);
    if (!is_read) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the secret file '%s' is empty or cannot be read", path);
    }

    /* A part of a secret would only be refused later, and by the platform. */
    bool is_cut = strlen(line) == sizeof line - 1;
    line[strcspn(line, "\r\n")] = '\0';
    enum cog_code code =
        is_cut ? COG_ERROR_CONFIGURATION : cog_config_set(config, "client-secret", line, NULL);
    OPENSSL_cleanse(line, sizeof line);
    if (code == COG_ERROR_CONFIGURATION) {
        return cog_error_set(error, code,
                             "the secret file '%s' must hold the secret in its first line, at most"
                             " %d bytes of UTF-8 without control characters",
                             path, SECRET_SIZE - 2);
    }
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}
