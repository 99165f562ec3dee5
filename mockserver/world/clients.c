#include "world/clients.h"

#include <stdlib.h>
#include <string.h>

static void client_destroy(struct mock_client *client)
{
    if (client == NULL) {
        return;
    }
    for (size_t i = 0; i < client->secret_count; i++) {
        free(client->secrets[i].text);
    }
    free(client->secrets);
    free(client->id);
    free(client);
}

void mock_clients_finish(struct mock_clients *clients)
{
    for (size_t i = 0; i < clients->count; i++) {
        client_destroy(clients->items[i]);
    }
    free(clients->items);
    *clients = (struct mock_clients){0};
}

static enum cog_code copy_client(const struct mock_client *client, struct mock_clients *clients)
{
    struct mock_client *copy = NULL;
    enum cog_code code = mock_clients_append(clients, client->id, &copy);
    if (code != COG_OK) {
        return code;
    }
    copy->scopes = client->scopes;
    copy->is_gone = client->is_gone;
    for (size_t i = 0; code == COG_OK && i < client->secret_count; i++) {
        const struct mock_client_secret *secret = &client->secrets[i];
        code = mock_client_secret_add(copy, secret->text, secret->from_ms, secret->until_ms);
    }
    return code;
}

enum cog_code mock_clients_copy(const struct mock_clients *clients,
                                struct mock_clients *out_clients)
{
    COG_CLEANUP(mock_clients_finish) struct mock_clients copy = {0};
    for (size_t i = 0; i < clients->count; i++) {
        enum cog_code code = copy_client(clients->items[i], &copy);
        if (code != COG_OK) {
            return code;
        }
    }
    *out_clients = copy;
    copy = (struct mock_clients){0};
    return COG_OK;
}

static bool secrets_are_equal(const struct mock_client_secret *left,
                              const struct mock_client_secret *right)
{
    return strcmp(left->text, right->text) == 0 && left->from_ms == right->from_ms &&
           left->until_ms == right->until_ms;
}

static bool are_equal(const struct mock_client *left, const struct mock_client *right)
{
    if (strcmp(left->id, right->id) != 0 || left->scopes != right->scopes ||
        left->is_gone != right->is_gone || left->secret_count != right->secret_count) {
        return false;
    }
    for (size_t i = 0; i < left->secret_count; i++) {
        if (!secrets_are_equal(&left->secrets[i], &right->secrets[i])) {
            return false;
        }
    }
    return true;
}

bool mock_clients_are_equal(const struct mock_clients *left, const struct mock_clients *right)
{
    if (left->count != right->count) {
        return false;
    }
    for (size_t i = 0; i < left->count; i++) {
        if (!are_equal(left->items[i], right->items[i])) {
            return false;
        }
    }
    return true;
}

struct mock_client *mock_clients_find(const struct mock_clients *clients, const char *id)
{
    struct mock_client *client = mock_clients_find_ever(clients, id);
    return client == NULL || client->is_gone ? NULL : client;
}

struct mock_client *mock_clients_find_ever(const struct mock_clients *clients, const char *id)
{
    for (size_t i = 0; i < clients->count; i++) {
        if (strcmp(clients->items[i]->id, id) == 0) {
            return clients->items[i];
        }
    }
    return NULL;
}

enum cog_code mock_clients_append(struct mock_clients *clients, const char *id,
                                  struct mock_client **out_client)
{
    if (clients->count == MOCK_CLIENTS_MAX) {
        return COG_ERROR_REFUSED;
    }
    struct mock_client **items =
        realloc(clients->items, (clients->count + 1) * sizeof(struct mock_client *));
    if (items == NULL) {
        return COG_ERROR_MEMORY;
    }
    clients->items = items;
    struct mock_client *client = calloc(1, sizeof *client);
    char *copy = strdup(id);
    if (client == NULL || copy == NULL) {
        free(client);
        free(copy);
        return COG_ERROR_MEMORY;
    }
    client->id = copy;
    items[clients->count++] = client;
    *out_client = client;
    return COG_OK;
}

static struct mock_client_secret *find_secret(const struct mock_client *client, const char *text)
{
    for (size_t i = 0; i < client->secret_count; i++) {
        if (strcmp(client->secrets[i].text, text) == 0) {
            return &client->secrets[i];
        }
    }
    return NULL;
}

static enum cog_code append_secret(struct mock_client *client, const char *text,
                                   struct mock_client_secret **out_secret)
{
    if (client->secret_count == MOCK_CLIENT_SECRETS_MAX) {
        return COG_ERROR_REFUSED;
    }
    struct mock_client_secret *secrets =
        realloc(client->secrets, (client->secret_count + 1) * sizeof *secrets);
    if (secrets == NULL) {
        return COG_ERROR_MEMORY;
    }
    client->secrets = secrets;
    char *copy = strdup(text);
    if (copy == NULL) {
        return COG_ERROR_MEMORY;
    }
    *out_secret = &secrets[client->secret_count++];
    **out_secret = (struct mock_client_secret){.text = copy};
    return COG_OK;
}

enum cog_code mock_client_secret_add(struct mock_client *client, const char *text, int64_t from_ms,
                                     int64_t until_ms)
{
    struct mock_client_secret *secret = find_secret(client, text);
    if (secret == NULL) {
        enum cog_code code = append_secret(client, text, &secret);
        if (code != COG_OK) {
            return code;
        }
    }
    secret->from_ms = from_ms;
    secret->until_ms = until_ms;
    return COG_OK;
}

bool mock_client_secret_remove(struct mock_client *client, const char *text, int64_t now_ms)
{
    struct mock_client_secret *secret = find_secret(client, text);
    if (secret == NULL || secret->until_ms <= now_ms) {
        return false;
    }
    secret->until_ms = now_ms;
    return true;
}

bool mock_client_accepts(const struct mock_client *client, const char *secret, int64_t now_ms)
{
    const struct mock_client_secret *found = find_secret(client, secret);
    return found != NULL && found->from_ms <= now_ms && now_ms < found->until_ms;
}

void mock_client_retire(struct mock_client *client, int64_t now_ms)
{
    client->is_gone = true;
    for (size_t i = 0; i < client->secret_count; i++) {
        (void)mock_client_secret_remove(client, client->secrets[i].text, now_ms);
    }
}
