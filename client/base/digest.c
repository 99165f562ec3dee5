#include <cogbase/digest.h>

#include <openssl/evp.h>

#include <assert.h>

enum { SHA256_LENGTH = 32 };
_Static_assert(COG_DIGEST_SIZE == 2 * SHA256_LENGTH + 1, "two digits a byte, and a NUL");

enum cog_code cog_digest_sha256(const void *bytes, size_t length, char out_digest[COG_DIGEST_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_length = 0;
    assert(bytes != NULL || length == 0);
    if (EVP_Digest(bytes != NULL ? bytes : "", length, digest, &digest_length, EVP_sha256(),
                   NULL) != 1) {
        return COG_ERROR_INTERNAL;
    }
    assert(digest_length == SHA256_LENGTH);
    for (size_t i = 0; i < SHA256_LENGTH; i++) {
        out_digest[2 * i] = digits[digest[i] >> 4];
        out_digest[2 * i + 1] = digits[digest[i] & 0xF];
    }
    out_digest[COG_DIGEST_SIZE - 1] = '\0';
    return COG_OK;
}
