/* No secret may leave the client. */
#include "judgement.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

/* Shorter ones are in texts by chance. */
enum { SECRET_LENGTH_MIN = 6 };

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

static char *format_basic(const char *id, const char *secret)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s:%s", id, secret);
    COG_CLEANUP(cog_string_finish) char *pair = cog_text_take(&text);
    return pair != NULL ? encode_base64(pair) : NULL;
}

/* The first output with `secret` in it; NULL for none. */
static const struct scn_output *find_output(const struct scn_facts *facts, const char *secret)
{
    for (size_t i = 0; i < facts->output_count; i++) {
        if (strstr(facts->outputs[i].text, secret) != NULL) {
            return &facts->outputs[i];
        }
    }
    return NULL;
}

static struct scn_judgement judge_word(const struct scn_facts *facts, const char *secret,
                                       const char *name)
{
    if (strlen(secret) < SECRET_LENGTH_MIN) {
        return scn_judgement_inconclusive("%s is too short to be told from other text", name);
    }
    const struct scn_output *output = find_output(facts, secret);
    return output != NULL ? scn_judgement_fail("%s is in %s", name, output->name)
                          : scn_judgement_pass;
}

/* A secret as it is, and as the user name's partner in a Basic header. */
static struct scn_judgement judge_secret(const struct scn_facts *facts, const char *secret,
                                         const char *name)
{
    if (secret == NULL) {
        return scn_judgement_pass;
    }
    const struct scn_judgement judgement = judge_word(facts, secret, name);
    if (judgement.result != SCN_PASS) {
        return judgement;
    }
    COG_CLEANUP(cog_string_finish) char *basic = format_basic(facts->config->client_id, secret);
    if (basic == NULL) {
        return scn_judgement_inconclusive("out of memory");
    }
    return judge_word(facts, basic, "a Basic header's value");
}

struct scn_judgement scn_judge_secrets(const struct scn_facts *facts)
{
    struct scn_judgement judgement = judge_word(facts, "Bearer ", "a Bearer header's value");
    if (judgement.result == SCN_PASS) {
        judgement = judge_secret(facts, facts->config->client_secret, "the client's secret");
    }
    if (judgement.result == SCN_PASS) {
        judgement = judge_secret(facts, facts->config->webhook_secret, "the webhook's secret");
    }
    for (size_t i = 0; facts->secrets[i] != NULL && judgement.result == SCN_PASS; i++) {
        judgement = judge_secret(facts, facts->secrets[i], "a secret of the server");
    }
    return judgement;
}
