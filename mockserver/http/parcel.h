/** One request on its way through libmicrohttpd, from its first line to the end of its answer. */
#ifndef MOCK_HTTP_PARCEL_H
#define MOCK_HTTP_PARCEL_H

#include <cogbase/text.h>
#include <cogmock/server.h>

#include <microhttpd.h>

struct mock_parcel {
    struct MHD_Connection *connection; /**< Borrowed; NULL before the headers are complete. */
    char *target;                      /**< As on the wire. Owned. */
    struct cog_text body;              /**< Never longer than one byte over the API's limit. */
    bool is_open;                      /**< libmicrohttpd has announced it to the handler. */
    bool is_heard;                     /**< The server has made its plan. */
    bool is_parked;                    /**< Suspended, until `due_ms` or for ever. */
    bool is_abandoned;                 /**< Its client went away while it was parked. */
    bool is_blocked;                   /**< Parked because its client does not read. */
    size_t raw_sent;                   /**< Of the plan's raw bytes. */
    int64_t due_ms;                    /**< Monotonic; INT64_MAX for never. */
    struct mock_plan plan;
    struct mock_parcel *previous; /**< Among the parked ones. */
    struct mock_parcel *next;
};

/** @return NULL when out of memory */
struct mock_parcel *mock_parcel_create(const char *target);

/** NULL does nothing. */
void mock_parcel_destroy(struct mock_parcel *parcel);

/** Takes a piece of the body; what is over the API's limit is left out but for one byte. */
void mock_parcel_append(struct mock_parcel *parcel, const char *bytes, size_t length);

/** Has the server answer the request. @return as mock_handle */
enum cog_code mock_parcel_hear(struct mock_parcel *parcel, struct mock_server *server,
                               const char *method, struct cog_error *error) COG_CHECK;

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

/** Whether the client of a parked request has closed its connection. */
bool mock_parcel_has_lost_client(const struct mock_parcel *parcel);

#endif
