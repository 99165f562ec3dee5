#include "judge/credential.h"

#include <cogbase/text.h>

static char base64_digit(unsigned value)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return digits[value & 63U];
}

/* Without padding: what stands in an output with it has this in it too. */
static char *encode_base64(const char *string)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    unsigned bits = 0;
    int bit_count = 0;
    for (; *string != '\0'; string++) {
        bits = (bits << 8U | (unsigned char)*string) & 0xffffU;
        bit_count += 8;
        while (bit_count >= 6) {
            bit_count -= 6;
            const char digit = base64_digit(bits >> (unsigned)bit_count);
            cog_text_append_bytes(&text, &digit, 1);
        }
    }
    if (bit_count > 0) {
        const char digit = base64_digit(bits << (unsigned)(6 - bit_count));
        cog_text_append_bytes(&text, &digit, 1);
    }
    return cog_text_take(&text);
}

char *scn_credential_basic(const char *id, const char *secret)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s:%s", id, secret);
    COG_CLEANUP(cog_string_finish) char *pair = cog_text_take(&text);
    return pair != NULL ? encode_base64(pair) : NULL;
}
