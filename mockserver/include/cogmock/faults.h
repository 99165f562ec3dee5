/** The faults of a server: which are armed, and arming and removing them while it runs. */
#ifndef COGMOCK_FAULTS_H
#define COGMOCK_FAULTS_H

#include <cogmock/server.h>

enum {
    MOCK_FAULTS_ARMED_MAX = 1000,   /**< Of one server. */
    MOCK_FAULTS_SIZE_MAX = 2 << 20, /**< Of their JSON together, in bytes. */
    MOCK_FAULT_ID_SIZE = 24,
};

/** The kinds of faults that the scenario language has names for, in the order of their phases; ends
 * with NULL. Injected statuses are no such kind. */
const char *const *mock_fault_kind_names(void);

/** "connect", "send", "after_apply", "response" or "body"; NULL for no such kind. */
const char *mock_fault_kind_phase(const char *kind);

/** One armed fault. Texts are borrowed until the server's faults change. */
struct mock_fault_state {
    char id[MOCK_FAULT_ID_SIZE]; /**< "f-1" */
    const char *source;          /**< JSON, as in a scenario. */
    const char *name;            /**< "status 503" */
    const char *description;     /**< "promote attempt 2: status 503, not applied" */
    const char *phase;           /**< "connect", "send", "after_apply", "response", "body", … */
    bool applied;                /**< The world handles what it strikes. */
    bool is_scripted;            /**< The scenario has it. */
    int64_t armed_ms;            /**< On the server's clock. */
    int64_t from_ms;             /**< From then on it can strike. */
    int64_t until_ms;            /**< INT64_MAX for no end. */
    int64_t struck_count;
    int64_t lost_count;      /**< It matched, but another one struck in its place. */
    int64_t remaining_count; /**< -1 for any number. */
};

/** In the order in which they were armed, the script's first. */
size_t mock_server_fault_count(const struct mock_server *server);

/** @param index below the count */
struct mock_fault_state mock_server_fault(const struct mock_server *server, size_t index);

/** @return whether there is one of that id */
bool mock_server_fault_find(const struct mock_server *server, const char *id,
                            struct mock_fault_state *out_state);

/** Who arms faults, and what follows from that. */
struct mock_arming {
    /**
     * Over the port that the faults of connections would close: such a fault must have an end, so
     * that nobody locks himself out.
     */
    bool is_remote;
    bool has_port; /**< The port is this server's: else it has no faults of connections. */
};

/**
 * Arms one fault of the scenario language, or a list of them: all, or none on failure. Their
 * times count from now.
 *
 * @param document that `node`, an object or an array of objects, is from
 * @param out_count how many there were: the last ones of the list now
 * @return COG_OK, COG_ERROR_SYNTAX ("name:line:column: …"), COG_ERROR_CONFIGURATION (too many),
 *         COG_ERROR_MEMORY
 */
enum cog_code mock_server_faults_arm(struct mock_server *server,
                                     const struct cog_document *document, const cJSON *node,
                                     struct mock_arming arming, size_t *out_count,
                                     struct cog_error *error) COG_CHECK;

/** What it strikes at this moment stays struck. @return whether there was one of that id */
bool mock_server_fault_remove(struct mock_server *server, const char *id);

void mock_server_faults_clear(struct mock_server *server);

#endif
