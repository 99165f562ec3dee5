#include <cogbase/digest.h>

#include <openssl/evp.h>

#include <assert.h>
#include <pthread.h>

enum { SHA256_LENGTH = 32 };
_Static_assert(COG_DIGEST_SIZE == 2 * SHA256_LENGTH + 1, "two digits a byte, and a NUL");

/*
 * OpenSSL looks an algorithm up by its name for each digest, which takes longer than the digest of
 * a line, unless it is given one that was looked up before.
 */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static EVP_MD *sha256; /* NULL: it was not to be had. */

static void fetch_sha256(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
}

enum cog_code cog_digest_sha256(const void *bytes, size_t length, char out_digest[COG_DIGEST_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_length = 0;
    assert(bytes != NULL || length == 0);
    const bool is_fetched = pthread_once(&once, fetch_sha256) == 0 && sha256 != NULL;
    if (EVP_Digest(bytes != NULL ? bytes : "", length, digest, &digest_length,
                   is_fetched ? sha256 : EVP_sha256(), NULL) != 1) {
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
