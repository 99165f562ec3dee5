#include "hooks/signature.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

enum {
    KEY_LENGTH_MIN = 24,
    KEY_LENGTH_MAX = 64,
    KEY_TEXT_LENGTH_MAX = 88, /* Of 64 bytes in base64. */
    MAC_LENGTH = 32,
    MAC_TEXT_SIZE = 45,
    SECOND_MS = 1000,
};

static const char secret_start[] = "whsec_";

const char *mock_signature_name(enum mock_signature signature)
{
    static const char *const names[] = {
        [MOCK_SIGNATURE_UNCHECKED] = "unchecked", [MOCK_SIGNATURE_ABSENT] = "absent",
        [MOCK_SIGNATURE_VALID] = "valid",         [MOCK_SIGNATURE_INVALID] = "invalid",
        [MOCK_SIGNATURE_TOO_OLD] = "too_old",     [MOCK_SIGNATURE_TOO_NEW] = "too_new",
    };
    return names[signature];
}

/* @return the key's length; 0 when the secret is none */
static size_t decode_secret(const char *secret, unsigned char key[KEY_TEXT_LENGTH_MAX])
{
    const size_t start_length = sizeof secret_start - 1;
    if (strncmp(secret, secret_start, start_length) != 0) {
        return 0;
    }
    const char *text = secret + start_length;
    const size_t text_length = strlen(text);
    const size_t padding = text_length - strcspn(text, "=");
    if (text_length % 4 != 0 || text_length > KEY_TEXT_LENGTH_MAX || padding > 2) {
        return 0;
    }
    const int length = EVP_DecodeBlock(key, (const unsigned char *)text, (int)text_length);
    const int key_length = length - (int)padding;
    return key_length >= KEY_LENGTH_MIN && key_length <= KEY_LENGTH_MAX ? (size_t)key_length : 0;
}

bool mock_signature_secret_is_valid(const char *secret)
{
    unsigned char key[KEY_TEXT_LENGTH_MAX];
    const size_t length = decode_secret(secret, key);
    OPENSSL_cleanse(key, sizeof key);
    return length > 0;
}

static enum cog_code sign(const char *secret, const struct mock_signed_delivery *delivery,
                          char out_text[MAC_TEXT_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text content = {0};
    unsigned char key[KEY_TEXT_LENGTH_MAX];
    unsigned char mac[MAC_LENGTH];
    unsigned mac_length = 0;
    cog_text_append_format(&content, "%s.%s.", delivery->id, delivery->timestamp);
    cog_text_append_bytes(&content, delivery->body, delivery->body_length);
    if (content.failed) {
        return COG_ERROR_MEMORY;
    }
    const size_t key_length = decode_secret(secret, key);
    const unsigned char *made =
        HMAC(EVP_sha256(), key, (int)key_length, (const unsigned char *)content.bytes,
             content.length, mac, &mac_length);
    OPENSSL_cleanse(key, sizeof key);
    if (made == NULL || mac_length != MAC_LENGTH) {
        return COG_ERROR_INTERNAL;
    }
    (void)EVP_EncodeBlock((unsigned char *)out_text, mac, MAC_LENGTH);
    return COG_OK;
}

/* Whether one of the signatures that are separated by spaces is ours. */
static bool has_signature(const char *header, const char *text)
{
    static const char version[] = "v1,";
    const size_t version_length = sizeof version - 1;
    const size_t text_length = strlen(text);
    for (const char *rest = header; *rest != '\0'; rest += strspn(rest, " ")) {
        const size_t length = strcspn(rest, " ");
        if (length == version_length + text_length && strncmp(rest, version, version_length) == 0 &&
            CRYPTO_memcmp(rest + version_length, text, text_length) == 0) {
            return true;
        }
        rest += length;
    }
    return false;
}

static enum mock_signature judge_time(int64_t timestamp_s, int64_t unix_ms)
{
    const int64_t now_s = unix_ms / SECOND_MS;
    if (timestamp_s < now_s - MOCK_SIGNATURE_TOLERANCE_S) {
        return MOCK_SIGNATURE_TOO_OLD;
    }
    return timestamp_s > now_s + MOCK_SIGNATURE_TOLERANCE_S ? MOCK_SIGNATURE_TOO_NEW
                                                            : MOCK_SIGNATURE_VALID;
}

enum cog_code mock_signature_check(const char *secret, const struct mock_signed_delivery *delivery,
                                   int64_t unix_ms, enum mock_signature *out_signature)
{
    char text[MAC_TEXT_SIZE];
    int64_t timestamp_s = 0;
    if (*secret == '\0') {
        *out_signature = MOCK_SIGNATURE_UNCHECKED;
        return COG_OK;
    }
    if (delivery->id == NULL || delivery->timestamp == NULL || delivery->signature == NULL) {
        *out_signature = MOCK_SIGNATURE_ABSENT;
        return COG_OK;
    }
    enum cog_code code = sign(secret, delivery, text);
    if (code != COG_OK) {
        return code;
    }
    const bool is_right = has_signature(delivery->signature, text) &&
                          cog_number_parse_integer(delivery->timestamp, 0, COG_NUMBER_INTEGER_MAX,
                                                   &timestamp_s, NULL) == COG_OK;
    *out_signature = is_right ? judge_time(timestamp_s, unix_ms) : MOCK_SIGNATURE_INVALID;
    return COG_OK;
}
