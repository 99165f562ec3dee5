#include "program/control_token.h"

#include <cogbase/storage_posix.h>
#include <cogbase/text.h>

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    FILE_LENGTH_MAX = 4096,
    RANDOM_LENGTH = 24, /**< 192 bits: nobody guesses them. */
};

static void wipe(char **text)
{
    if (*text != NULL) {
        OPENSSL_cleanse(*text, strlen(*text));
        free(*text);
        *text = NULL;
    }
}

void mock_control_token_finish(struct mock_control_token *token)
{
    wipe(&token->text);
    *token = (struct mock_control_token){0};
}

static bool is_visible(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] <= ' ' || text[i] > '~') {
            return false;
        }
    }
    return true;
}

static enum cog_code check_mode(const char *path, bool *out_is_readable_for_all,
                                struct cog_error *error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return cog_error_set(error, COG_ERROR_STORAGE, "--control-token-file '%s': it is gone",
                             path);
    }
    if ((status.st_mode & S_IWOTH) != 0) {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "--control-token-file '%s': everybody on this machine may write it, "
                             "so it guards nothing: chmod 600 it",
                             path);
    }
    *out_is_readable_for_all = (status.st_mode & S_IROTH) != 0;
    return COG_OK;
}

enum cog_code mock_control_token_read(const char *path, struct mock_control_token *out_token,
                                      struct cog_error *error)
{
    COG_CLEANUP(wipe) char *text = NULL;
    size_t ignored_length = 0;
    bool is_readable_for_all = false;
    enum cog_code code =
        cog_storage_posix_read_path(path, FILE_LENGTH_MAX, &text, &ignored_length, error);
    if (code != COG_OK) {
        return cog_error_wrap(error, code, "--control-token-file '%s'", path);
    }
    code = check_mode(path, &is_readable_for_all, error);
    if (code != COG_OK) {
        return code;
    }
    const size_t length = strcspn(text, "\r\n");
    if (length < MOCK_CONTROL_TOKEN_LENGTH_MIN || length > MOCK_CONTROL_TOKEN_LENGTH_MAX ||
        !is_visible(text, length)) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "--control-token-file '%s': expected a first line of %d to %d visible "
                             "ASCII characters without blanks",
                             path, MOCK_CONTROL_TOKEN_LENGTH_MIN, MOCK_CONTROL_TOKEN_LENGTH_MAX);
    }
    char *token = cog_string_clone(text, length);
    if (token == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_token = (struct mock_control_token){
        .text = token,
        .is_readable_for_all = is_readable_for_all,
    };
    return COG_OK;
}

enum cog_code mock_control_token_make(struct cog_random random,
                                      struct mock_control_token *out_token, struct cog_error *error)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[RANDOM_LENGTH];
    if (random.ops->fill(random.context, bytes, sizeof bytes) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL,
                             "no random numbers for the control plane's token");
    }
    char *text = calloc(1, 2 * sizeof bytes + 1);
    for (size_t i = 0; text != NULL && i < sizeof bytes; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 0xf];
    }
    OPENSSL_cleanse(bytes, sizeof bytes);
    if (text == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_token = (struct mock_control_token){.text = text, .is_made = true};
    return COG_OK;
}
