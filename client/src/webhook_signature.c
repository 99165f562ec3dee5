#include "webhook_signature.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

enum {
    KEY_LENGTH_MAX = 64,
    ENCODED_LENGTH_MAX = 88, /* Base64 of the longest key. */
    MAC_LENGTH = 32,
    HEADERS_MAX = 16,
};

static const char PREFIX[] = "whsec_";

/** @return the key's length; 0 when the secret has not the right form */
static size_t key_decode(const char *secret, unsigned char out_key[KEY_LENGTH_MAX + 2])
{
    if (strncmp(secret, PREFIX, sizeof PREFIX - 1) != 0) {
        return 0;
    }
    const char *encoded = secret + sizeof PREFIX - 1;
    size_t length = strlen(encoded);
    if (length == 0 || length > ENCODED_LENGTH_MAX || length % 4 != 0) {
        return 0;
    }
    /* OpenSSL takes '=' anywhere; base64 has at most two, at the end. */
    size_t digits = strcspn(encoded, "=");
    if (digits + 2 < length || strspn(encoded + digits, "=") != length - digits) {
        return 0;
    }
    int decoded = EVP_DecodeBlock(out_key, (const unsigned char *)encoded, (int)length);
    if (decoded < 0) {
        return 0;
    }
    /* OpenSSL counts the padding as zero bytes. */
    size_t padding = encoded[length - 1] != '=' ? 0 : encoded[length - 2] == '=' ? 2 : 1;
    size_t key_length = (size_t)decoded - padding;
    return key_length <= KEY_LENGTH_MAX ? key_length : 0;
}

bool cog_webhook_secret_is_valid(const char *secret)
{
    unsigned char key[KEY_LENGTH_MAX + 2];
    size_t length = key_decode(secret, key);
    OPENSSL_cleanse(key, sizeof key);
    return length > 0;
}

enum cog_code cog_webhook_sign(const char *secret, const struct cog_webhook_message *message,
                               char out_signature[COG_WEBHOOK_SIGNATURE_SIZE],
                               struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text content = {0};
    cog_text_append_format(&content, "%s.%s.", message->id, message->timestamp);
    cog_text_append_bytes(&content, message->body, message->body_length);
    if (content.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }

    unsigned char key[KEY_LENGTH_MAX + 2];
    size_t key_length = key_decode(secret, key);
    if (key_length == 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "the webhook secret is not 'whsec_' and base64");
    }
    unsigned char mac[MAC_LENGTH];
    const unsigned char *done =
        HMAC(EVP_sha256(), key, (int)key_length, (const unsigned char *)content.bytes,
             content.length, mac, NULL);
    OPENSSL_cleanse(key, sizeof key);
    if (done == NULL) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot compute an HMAC");
    }
    unsigned char encoded[MAC_LENGTH * 2];
    (void)EVP_EncodeBlock(encoded, mac, MAC_LENGTH);
    (void)snprintf(out_signature, COG_WEBHOOK_SIGNATURE_SIZE, "v1,%s", (const char *)encoded);
    return COG_OK;
}

static const char *header_find(const struct cog_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (cog_string_equals_ignoring_case(request->headers[i].name, name)) {
            return request->headers[i].value;
        }
    }
    return "";
}

static enum cog_code signer_send(void *context, const struct cog_request *request,
                                 struct cog_response *out_response, struct cog_error *error)
{
    const struct cog_webhook_signer *signer = context;
    char timestamp[24];
    (void)snprintf(timestamp, sizeof timestamp, "%" PRId64,
                   cog_clock_unix_ms(signer->clock) / 1000);
    char signature[COG_WEBHOOK_SIGNATURE_SIZE];
    struct cog_header headers[HEADERS_MAX];
    if (request->header_count + 2 > HEADERS_MAX) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "too many headers to sign");
    }
    if (request->header_count > 0) {
        memcpy(headers, request->headers, request->header_count * sizeof headers[0]);
    }

    struct cog_request signed_request = *request;
    signed_request.headers = headers;
    headers[signed_request.header_count++] =
        (struct cog_header){.name = "webhook-timestamp", .value = timestamp};
    if (signer->secret != NULL) {
        const struct cog_webhook_message message = {
            .id = header_find(request, "webhook-id"),
            .timestamp = timestamp,
            .body = request->body == NULL ? "" : request->body,
            .body_length = request->body_length,
        };
        enum cog_code code = cog_webhook_sign(signer->secret, &message, signature, error);
        if (code != COG_OK) {
            return code;
        }
        headers[signed_request.header_count++] =
            (struct cog_header){.name = "webhook-signature", .value = signature};
    }
    return cog_transport_send(signer->inner, &signed_request, out_response, error);
}

struct cog_transport cog_webhook_signer_transport(struct cog_webhook_signer *signer)
{
    static const struct cog_transport_ops OPS = {.send = signer_send};
    return (struct cog_transport){.ops = &OPS, .context = signer};
}
