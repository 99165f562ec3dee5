#include <cogbase/digest.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(digest_sha256, .timeout = 5.0);

/* FIPS 180-4's examples, and the empty message. */
static const struct {
    const char *message;
    const char *digest;
} known_answers[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

Test(digest_sha256, gives_the_known_answers)
{
    for (size_t i = 0; i < sizeof known_answers / sizeof known_answers[0]; i++) {
        const char *message = known_answers[i].message;
        char digest[COG_DIGEST_SIZE];

        const enum cog_code code = cog_digest_sha256(message, strlen(message), digest);

        EXPECT_INT(code, COG_OK);
        EXPECT_STR(digest, known_answers[i].digest);
    }
}

Test(digest_sha256, takes_no_bytes_from_nowhere)
{
    char digest[COG_DIGEST_SIZE];

    const enum cog_code code = cog_digest_sha256(NULL, 0, digest);

    EXPECT_INT(code, COG_OK);
    EXPECT_STR(digest, known_answers[0].digest);
}
