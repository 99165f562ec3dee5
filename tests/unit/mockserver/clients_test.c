#include "world/clients.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(clients, .timeout = 5.0);

static struct mock_client *append(struct mock_clients *clients, const char *id)
{
    struct mock_client *client = NULL;
    cr_assert(mock_clients_append(clients, id, &client) == COG_OK);
    return client;
}

Test(clients, accept_each_secret_in_its_time)
{
    COG_CLEANUP(mock_clients_finish) struct mock_clients clients = {0};
    struct mock_client *client = append(&clients, "a");
    cr_assert(mock_client_secret_add(client, "old", 0, 2000) == COG_OK);
    cr_assert(mock_client_secret_add(client, "new", 1000, INT64_MAX) == COG_OK);
    static const struct {
        const char *secret;
        int64_t now_ms;
        bool is_accepted;
    } rows[] = {
        {"old", 0, true},    {"old", 1999, true}, {"old", 2000, false},
        {"new", 999, false}, {"new", 1000, true}, {"", 1000, false},
        {"OLD", 0, false},   {"ol", 0, false},    {"new", 99999, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool is_accepted = mock_client_accepts(client, rows[i].secret, rows[i].now_ms);
        cr_expect(is_accepted == rows[i].is_accepted, "row %zu", i);
    }
}

Test(clients, are_found_by_their_id_until_they_are_gone)
{
    COG_CLEANUP(mock_clients_finish) struct mock_clients clients = {0};
    struct mock_client *client = append(&clients, "a");
    (void)append(&clients, "b");
    cr_assert(mock_client_secret_add(client, "secret", 0, INT64_MAX) == COG_OK);

    cr_expect(mock_clients_find(&clients, "a") == client);
    cr_expect_null(mock_clients_find(&clients, "c"));
    mock_client_retire(client, 500);

    cr_expect_null(mock_clients_find(&clients, "a"));
    cr_expect(mock_clients_find_ever(&clients, "a") == client);
    cr_expect_not(mock_client_accepts(client, "secret", 500));
}

Test(clients, are_equal_to_their_copy_until_either_changes)
{
    COG_CLEANUP(mock_clients_finish) struct mock_clients clients = {0};
    COG_CLEANUP(mock_clients_finish) struct mock_clients copy = {0};
    struct mock_client *client = append(&clients, "a");
    cr_assert(mock_client_secret_add(client, "secret", 0, INT64_MAX) == COG_OK);
    client->scopes = MOCK_SCOPE_BOT_DEPLOY;

    EXPECT_INT(mock_clients_copy(&clients, &copy), COG_OK);

    cr_expect(mock_clients_are_equal(&clients, &copy));
    copy.items[0]->scopes = MOCK_SCOPE_ALL;
    cr_expect_not(mock_clients_are_equal(&clients, &copy));
    copy.items[0]->scopes = MOCK_SCOPE_BOT_DEPLOY;
    cr_expect(mock_client_secret_remove(client, "secret", 5));
    cr_expect_not(mock_clients_are_equal(&clients, &copy));
    (void)append(&copy, "b");
    cr_expect_not(mock_clients_are_equal(&clients, &copy));
}

Test(clients, are_bounded)
{
    COG_CLEANUP(mock_clients_finish) struct mock_clients clients = {0};
    struct mock_client *client = NULL;
    char id[16];
    for (int i = 0; i < MOCK_CLIENTS_MAX; i++) {
        (void)snprintf(id, sizeof id, "c-%d", i);
        (void)append(&clients, id);
    }

    EXPECT_INT(mock_clients_append(&clients, "more", &client), COG_ERROR_REFUSED);
    EXPECT_INT(clients.count, MOCK_CLIENTS_MAX);
}
