/**
 * How long a connection may take from one request to the next, byte by byte or not at all: whoever
 * keeps it longer for nothing is cut off. Answers that wait for the fake's clock are not counted.
 */
#ifndef MOCK_HTTP_PATIENCE_H
#define MOCK_HTTP_PATIENCE_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

/** One connection, from its begin to its end. */
struct mock_guest {
    struct MHD_Connection *connection; /**< Borrowed. */
    uint64_t number;                   /**< From 1, in the order of their coming. */
    uint64_t request_count;            /**< That it has begun so far. */
    int64_t since_ms;                  /**< On the base clock: of its last request's end. */
    bool is_served;                    /**< A request of it is being answered: nobody counts. */
    struct mock_guest *previous;
    struct mock_guest *next;
};

/** Those who are not served, who came first in front. `{0}` is empty. */
struct mock_patience {
    struct mock_guest *guests;
    uint64_t admitted_count;
    int64_t limit_ms; /**< 0 for no limit. */
};

/** @return NULL when out of memory */
struct mock_guest *mock_patience_admit(struct mock_patience *patience,
                                       struct MHD_Connection *connection, int64_t now_ms);

/** The connection is closed. NULL does nothing. */
void mock_patience_dismiss(struct mock_patience *patience, struct mock_guest *guest);

/** A request of it is here in full. */
void mock_patience_pause(struct mock_patience *patience, struct mock_guest *guest);

/** It has its answer. */
void mock_patience_resume(struct mock_patience *patience, struct mock_guest *guest, int64_t now_ms);

/** Cuts off whoever has been too long. */
void mock_patience_run_out(struct mock_patience *patience, int64_t now_ms);

/** When that is due next, on the base clock; INT64_MAX for never. */
int64_t mock_patience_next_ms(const struct mock_patience *patience);

#endif
