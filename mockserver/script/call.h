/** The calls of the API, as faults, expectations and the journal name them. */
#ifndef MOCK_SCRIPT_CALL_H
#define MOCK_SCRIPT_CALL_H

enum mock_call {
    MOCK_CALL_TOKEN,
    MOCK_CALL_INTROSPECT,
    MOCK_CALL_HEALTH,
    MOCK_CALL_SESSIONS,
    MOCK_CALL_SIMULATE,
    MOCK_CALL_PROMOTE,
    MOCK_CALL_STATUS,
    MOCK_CALL_ROLLBACK,
    MOCK_CALL_CANCEL,
    MOCK_CALL_DEPLOYMENTS,
    MOCK_CALL_ENVIRONMENT,
    MOCK_CALL_METRICS,
    MOCK_CALL_VERSIONS,
    MOCK_CALL_WEBHOOK,
    MOCK_CALL_STUB,    /**< A path that a stub answers. */
    MOCK_CALL_UNKNOWN, /**< A path or a method that the API does not have. */
};

enum { MOCK_CALL_COUNT = MOCK_CALL_UNKNOWN + 1 };

/** "token", …, "unknown". */
const char *mock_call_name(enum mock_call call);

#endif
