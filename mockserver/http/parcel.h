/** One request on its way through libmicrohttpd, from its first line to the end of its answer. */
#ifndef MOCK_HTTP_PARCEL_H
#define MOCK_HTTP_PARCEL_H

#include <cogbase/text.h>
#include <cogmock/site.h>

#include <microhttpd.h>

struct mock_parcel {
    struct MHD_Connection *connection; /**< Borrowed; NULL before the headers are complete. */
    char *target;                      /**< As on the wire. Owned. */
    const char *method;                /**< Borrowed from the connection. */
    struct mock_hearing *hearing;      /**< Owned; NULL for what the site itself answers. */
    struct cog_text body;              /**< Never longer than one byte over the API's limit. */
    uint64_t connection_number;        /**< From 1; 0 for one that nobody numbered. */
    uint64_t connection_request;       /**< The n-th request on it. */
    size_t upload_max;                 /**< It may bring no more than that. */
    const char *problem;               /**< For which it is refused; NULL for none. */
    bool is_open;                      /**< libmicrohttpd has announced it to the handler. */
    bool is_heard;                     /**< The plan is made. */
    bool is_parked;                    /**< Suspended, until `due_ms` or for ever. */
    bool is_abandoned;                 /**< Its client went away while it was parked. */
    bool is_blocked;                   /**< Parked because its client does not read. */
    bool is_streaming;                 /**< Its answer has no end. */
    bool is_dry;                       /**< Suspended, until its stream has more to say. */
    size_t raw_sent;                   /**< Of the plan's raw bytes. */
    int64_t due_ms;                    /**< By its own clock; INT64_MAX for never. */
    struct mock_plan plan;

    /* While it is parked. */
    int64_t base_due_ms; /**< By the base clock. */
    uint64_t sequence;
    size_t waiting_index;

    /* While it is streaming. */
    struct mock_parcel *previous;
    struct mock_parcel *next;
};

/** @return NULL when out of memory */
struct mock_parcel *mock_parcel_create(const char *target);

/** @param end how its exchange ended; a NULL parcel does nothing */
void mock_parcel_destroy(struct mock_parcel *parcel, enum mock_hearing_end end);

/** The headers are there: finds out whose it is, unless it has a problem. @return as
 * mock_hearing_open */
enum cog_code mock_parcel_open(struct mock_parcel *parcel, struct mock_site site,
                               struct MHD_Connection *connection, const char *method,
                               struct cog_error *error) COG_CHECK;

/** Answers a request that has a problem, and ends its connection. */
enum MHD_Result mock_parcel_refuse(struct mock_parcel *parcel);

/**
 * Takes a piece of the body; what is over the API's limit is left out but for one byte, and so is
 * what it may not bring.
 */
void mock_parcel_append(struct mock_parcel *parcel, const char *bytes, size_t length);

/** Whether it has brought what it may bring: it is heard then, though there may be more. */
bool mock_parcel_is_full(const struct mock_parcel *parcel);

/** All of it is there: has it answered. @return as mock_handle */
enum cog_code mock_parcel_hear(struct mock_parcel *parcel, struct mock_site site,
                               struct cog_error *error) COG_CHECK;

/** What its own clock shows; 0 for what the site itself answers: that never waits. */
int64_t mock_parcel_now_ms(const struct mock_parcel *parcel);

/**
 * When the base clock will have brought its own to `due_ms`; INT64_MAX for never, and as long as
 * its client does not read.
 */
int64_t mock_parcel_base_due_ms(const struct mock_parcel *parcel);

/** Queues an answer with the plan's status and headers; the caller keeps `response`. */
enum MHD_Result mock_parcel_queue(struct mock_parcel *parcel, struct MHD_Response *response);

/** Queues the answer, or has the connection closed. */
enum MHD_Result mock_parcel_answer(struct mock_parcel *parcel);

/** Whether raw bytes of the plan are still to be sent. */
bool mock_parcel_has_raw(const struct mock_parcel *parcel);

/**
 * Sends the next piece of them. A client that does not read leaves `is_blocked` set; one that has
 * gone is sent no more.
 */
void mock_parcel_send_raw(struct mock_parcel *parcel);

/** Makes the close that follows a reset instead of an orderly end, where the plan says so. */
void mock_parcel_close(const struct mock_parcel *parcel);

/** The connection's socket; -1 before there is one. */
int mock_parcel_descriptor(const struct mock_parcel *parcel);

#endif
