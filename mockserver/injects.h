/** How far the injects of a server's script have come. */
#ifndef MOCK_INJECTS_H
#define MOCK_INJECTS_H

#include "script/call.h"

#include <cogmock/injects.h>

enum { MOCK_INJECT_FAILURE_SIZE = 256 };

struct mock_inject_record {
    enum mock_inject_status status;
    int64_t due_ms;
    int64_t struck_ms;
    bool is_by_hand;
    char failure[MOCK_INJECT_FAILURE_SIZE];
};

/** In the script's order. */
struct mock_inject_records {
    struct mock_inject_record items[MOCK_INJECTS_MAX];
};

/** All begin, or begin anew: those that come after the start, from the world's present time on. */
void mock_server_injects_begin(struct mock_server *server);

/** The world said yes to a request. @param at_ms when it arrived */
void mock_server_injects_follow_call(struct mock_server *server, enum mock_call call,
                                     int64_t at_ms);

/** Lets each one strike that is due up to `now_ms`, with the world at its very moment. */
void mock_server_injects_strike_due(struct mock_server *server, int64_t now_ms);

/** Lets time pass if some inject is due by now: for who looks at a server without asking it. */
void mock_server_injects_follow(struct mock_server *server);

#endif
