/* No secret may leave the client. */
#include "judge/credential.h"
#include "judge/judgement.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

/* Shorter ones are in texts by chance. */
enum { SECRET_LENGTH_MIN = 6 };

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
    COG_CLEANUP(cog_string_finish)
    char *basic = scn_credential_basic(facts->config->client_id, secret);
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
