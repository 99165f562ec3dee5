/** OAuth clients: who may ask for tokens, with which secrets, and for which scopes. */
#ifndef MOCK_WORLD_CLIENTS_H
#define MOCK_WORLD_CLIENTS_H

#include "world/scope.h"

#include <stddef.h>
#include <stdint.h>

enum {
    MOCK_CLIENTS_MAX = 64,
    MOCK_CLIENT_SECRETS_MAX = 64, /**< Of one client; those that ended count. */
};

/** Counts from `from_ms` on, and until just before `until_ms`. */
struct mock_client_secret {
    char *text; /**< Owned. */
    int64_t from_ms;
    int64_t until_ms; /**< INT64_MAX for never. */
};

struct mock_client {
    char *id;                           /**< Owned. */
    struct mock_client_secret *secrets; /**< Owned. One that ended stays: it is a secret still. */
    size_t secret_count;
    unsigned scopes; /**< Bits of `enum mock_scope`. */
    bool is_gone;    /**< It was a client; its tokens may live on. */
};

/** `{0}` is empty and safe to finish. Clients stay where they are until the end. */
struct mock_clients {
    struct mock_client **items; /**< Owned, and each of them. */
    size_t count;
};

void mock_clients_finish(struct mock_clients *clients);

/**
 * A copy of all of them.
 *
 * @param out_clients empty
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_clients_copy(const struct mock_clients *clients,
                                struct mock_clients *out_clients) COG_CHECK;

/** Whether both have the same clients in the same order, with the same secrets and scopes. */
bool mock_clients_are_equal(const struct mock_clients *left, const struct mock_clients *right);

/** NULL when there is none of that id, or it is gone. */
struct mock_client *mock_clients_find(const struct mock_clients *clients, const char *id);

/** As above; also one that is gone. */
struct mock_client *mock_clients_find_ever(const struct mock_clients *clients, const char *id);

/**
 * A client without secrets and scopes; its id must be new.
 *
 * @param out_client borrowed
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_REFUSED (MOCK_CLIENTS_MAX are there)
 */
enum cog_code mock_clients_append(struct mock_clients *clients, const char *id,
                                  struct mock_client **out_client) COG_CHECK;

/**
 * Adds a secret, or gives one that the client has another time. Several may count at once.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_REFUSED (MOCK_CLIENT_SECRETS_MAX are there)
 */
enum cog_code mock_client_secret_add(struct mock_client *client, const char *text, int64_t from_ms,
                                     int64_t until_ms) COG_CHECK;

/** Ends a secret now. @return false when the client has none of that text that would count later */
bool mock_client_secret_remove(struct mock_client *client, const char *text, int64_t now_ms);

/** Whether that is one of the client's secrets which count now. */
bool mock_client_accepts(const struct mock_client *client, const char *secret, int64_t now_ms);

/** The client is none any more, and its secrets end. */
void mock_client_retire(struct mock_client *client, int64_t now_ms);

#endif
