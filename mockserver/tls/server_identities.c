#include "tls/server_identities.h"

#include <stddef.h>

#define HOUR_MS INT64_C(3600000)
#define DAY_MS  (24 * HOUR_MS)

/* Clocks of two machines differ; and some clients take no certificate for longer than 397 days. */
static const int64_t before_ms = HOUR_MS;
static const int64_t life_ms = 397 * DAY_MS - HOUR_MS;

static const int64_t expired_from_ms = 30 * DAY_MS;
static const int64_t expired_until_ms = DAY_MS;

static const char *const other_names[] = {"another-host.invalid", NULL};

struct mock_validity mock_validity_of_authority(int64_t now_unix_ms)
{
    return (struct mock_validity){now_unix_ms - expired_from_ms, now_unix_ms + life_ms};
}

struct mock_validity mock_validity_at(int64_t now_unix_ms)
{
    return (struct mock_validity){now_unix_ms - before_ms, now_unix_ms + life_ms};
}

static void destroy_authority(struct mock_authority **authority)
{
    mock_authority_destroy(*authority);
}

static enum cog_code make_untrusted(const struct mock_certificate_order *order,
                                    struct cog_random random, struct mock_identity *out_identity,
                                    struct cog_error *error)
{
    COG_CLEANUP(destroy_authority) struct mock_authority *stranger = NULL;
    /* Of another name: of the same one a client would rather complain of its signature. */
    enum cog_code code = mock_authority_create("an authority that nobody trusts", order->validity,
                                               random, &stranger, error);
    return code == COG_OK ? mock_authority_issue(stranger, order, out_identity, error) : code;
}

enum cog_code mock_server_identities_make(
    const struct mock_authority *authority, const struct mock_tls_options *options,
    struct mock_identity out_identities[MOCK_CERTIFICATE_COUNT], struct cog_error *error)
{
    const struct mock_certificate_order good = {
        .subject = "cogmock server",
        .names = options->names,
        .validity = mock_validity_at(options->now_unix_ms),
    };
    struct mock_certificate_order expired = good;
    expired.validity.from_unix_ms = options->now_unix_ms - expired_from_ms;
    expired.validity.until_unix_ms = options->now_unix_ms - expired_until_ms;
    struct mock_certificate_order other = good;
    other.names = other_names;

    enum cog_code code =
        mock_authority_issue(authority, &good, &out_identities[MOCK_CERTIFICATE_GOOD], error);
    if (code == COG_OK) {
        code = make_untrusted(&good, options->random, &out_identities[MOCK_CERTIFICATE_UNTRUSTED],
                              error);
    }
    if (code == COG_OK) {
        code = mock_authority_issue(authority, &expired, &out_identities[MOCK_CERTIFICATE_EXPIRED],
                                    error);
    }
    if (code == COG_OK) {
        code = mock_authority_issue(authority, &other, &out_identities[MOCK_CERTIFICATE_WRONG_HOST],
                                    error);
    }
    return code;
}
