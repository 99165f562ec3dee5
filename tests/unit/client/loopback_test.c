#include "loopback.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(loopback, .timeout = 5.0);

Test(loopback, is_told_by_the_address_and_not_by_how_it_begins)
{
    static const struct {
        const char *host;
        bool is_loopback;
    } rows[] = {
        {"localhost", true},          {"127.0.0.1", true}, {"127.255.0.9", true}, {"[::1]", true},
        {"127.0.0.1.example", false}, {"10.0.0.1", false}, {"[::2]", false},      {"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(cog_loopback_is_host(rows[i].host) == rows[i].is_loopback, "'%s'", rows[i].host);
    }
}

Test(loopback, in_clear_is_http_to_it)
{
    static const struct {
        const char *url;
        bool is_clear;
    } rows[] = {
        {"http://127.0.0.1", true},
        {"http://127.0.0.1:8080/api/v1", true},
        {"http://localhost/", true},
        {"http://[::1]:80/", true},
        {"http://[::1", false},
        {"https://127.0.0.1/", false},
        {"http://127.0.0.1.example/", false},
        {"http://tenant.example/127.0.0.1", false},
        {"http://", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(cog_loopback_is_clear_url(rows[i].url) == rows[i].is_clear, "'%s'", rows[i].url);
    }
}
