/** The server's inside, for its own files: answering (server.c) and telling (truth.c). */
#ifndef MOCK_SERVER_PRIVATE_H
#define MOCK_SERVER_PRIVATE_H

#include "journal.h"
#include "script/scenario.h"
#include "script/tracker.h"
#include "v1/api.h"

struct mock_server {
    const struct mock_script *script; /**< Borrowed. */
    struct cog_clock clock;
    int64_t start_ms; /**< Monotonic; all times of the world count from here. */
    struct mock_api api;
    struct mock_tracker tracker;
    struct mock_journal journal;
    bool *struck; /**< Owned; which faults of the script have struck. */
};

#endif
