#include "judge/signature.h"

#include <cogbase/digest.h>
#include <cogbase/text.h>

#include <string.h>

enum {
    HASH_LENGTH = 32,
    BLOCK_LENGTH = 64, /* Of SHA-256; longer keys are not used here. */
    BASE64_SIZE = 48,
};

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* @return the bytes, or -1 when the text is no base64 or has more than fit */
static int decode_base64(const char *text, unsigned char *out_bytes, size_t size)
{
    unsigned bits = 0;
    int bit_count = 0;
    size_t length = 0;
    for (; *text != '\0' && *text != '='; text++) {
        const char *digit = strchr(digits, *text);
        if (digit == NULL || length == size) {
            return -1;
        }
        bits = (bits << 6U | (unsigned)(digit - digits)) & 0xffffU;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            out_bytes[length++] = (unsigned char)(bits >> (unsigned)bit_count);
        }
    }
    return (int)length;
}

/* Of a hash: 32 bytes, so that one character of padding ends it. */
static void encode_base64(const unsigned char *bytes, char out_text[BASE64_SIZE])
{
    unsigned bits = 0;
    int bit_count = 0;
    size_t length = 0;
    for (size_t i = 0; i < HASH_LENGTH; i++) {
        bits = (bits << 8U | bytes[i]) & 0xffffU;
        for (bit_count += 8; bit_count >= 6; bit_count -= 6) {
            out_text[length++] = digits[bits >> (unsigned)(bit_count - 6) & 63U];
        }
    }
    out_text[length++] = digits[bits << (unsigned)(6 - bit_count) & 63U];
    out_text[length++] = '=';
    out_text[length] = '\0';
}

static unsigned char hex_value(char digit)
{
    return (unsigned char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static bool hash(const struct cog_text *text, unsigned char out_hash[HASH_LENGTH])
{
    char hex[COG_DIGEST_SIZE];
    if (text->failed || cog_digest_sha256(cog_text_string(text), text->length, hex) != COG_OK) {
        return false;
    }
    for (size_t i = 0; i < HASH_LENGTH; i++) {
        out_hash[i] = (unsigned char)(hex_value(hex[2 * i]) << 4U | hex_value(hex[2 * i + 1]));
    }
    return true;
}

static void append_padded(struct cog_text *text, const unsigned char key[BLOCK_LENGTH],
                          unsigned char pad)
{
    for (size_t i = 0; i < BLOCK_LENGTH; i++) {
        const char byte = (char)(key[i] ^ pad);
        cog_text_append_bytes(text, &byte, 1);
    }
}

/* HMAC-SHA256 (RFC 2104) over "id.timestamp.body". */
static bool authenticate(const unsigned char key[BLOCK_LENGTH], const char *message,
                         unsigned char out_hash[HASH_LENGTH])
{
    COG_CLEANUP(cog_text_finish) struct cog_text inner = {0};
    append_padded(&inner, key, 0x36);
    cog_text_append(&inner, message);
    unsigned char inner_hash[HASH_LENGTH];
    if (!hash(&inner, inner_hash)) {
        return false;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text outer = {0};
    append_padded(&outer, key, 0x5c);
    cog_text_append_bytes(&outer, (const char *)inner_hash, HASH_LENGTH);
    return hash(&outer, out_hash);
}

bool scn_signature_is_valid(const char *secret, const char *id, const char *timestamp,
                            const char *body, const char *signature)
{
    static const char prefix[] = "whsec_";
    unsigned char key[BLOCK_LENGTH] = {0};
    const bool has_prefix = strncmp(secret, prefix, sizeof prefix - 1) == 0;
    if (!has_prefix || decode_base64(secret + sizeof prefix - 1, key, sizeof key) < 1) {
        return false;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text message = {0};
    cog_text_append_format(&message, "%s.%s.%s", id, timestamp, body);
    unsigned char code[HASH_LENGTH];
    if (message.failed || !authenticate(key, cog_text_string(&message), code)) {
        return false;
    }
    char text[BASE64_SIZE];
    encode_base64(code, text);
    return strncmp(signature, "v1,", 3) == 0 && strcmp(signature + 3, text) == 0;
}
