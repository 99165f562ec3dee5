/** The adapter's inside, for its own files. */
#ifndef MOCK_HTTP_PRIVATE_H
#define MOCK_HTTP_PRIVATE_H

#include "http/door.h"
#include "http/listener.h"
#include "http/patience.h"
#include "http/waiting.h"

#include <cogmock/http.h>

struct mock_http {
    struct mock_site site;
    struct cog_clock clock;
    struct cog_log log;
    struct mock_http_limits limits;
    const struct mock_tls *tls; /**< Borrowed; NULL: in clear. */
    struct mock_certificate_choice choice;
    struct MHD_Daemon *daemon;
    struct mock_listener listener; /**< Its descriptor is -1 while the server is down. */
    struct mock_door door;
    int descriptor; /**< Of an epoll with the listener, the daemon, and clients that wait. */
    struct mock_waiting parked;
    struct mock_parcel *streams; /**< A list of those whose answers have no end. */
    struct mock_patience patience;
    struct mock_parcel *newest; /**< The last request that was heard, until it ends. */
    struct mock_traffic traffic;
    uint64_t idle_request_count; /**< Requests when the present row of idle turns began. */
    int idle_turn_count;         /**< Turns in which nothing happened that could be seen. */
    bool is_stopping;            /**< Nobody is let in any more; what waits is cut short. */
    struct cog_error failure;    /**< The first since the last run. */
};

/* port.c: where connections come from. */

/** Listens. @return as mock_listener_open */
enum cog_code mock_port_open(struct mock_http *http, struct cog_error *error) COG_CHECK;

void mock_port_close(struct mock_http *http);

/** Whether `descriptor` is one of those from now on that the adapter's own tells of. */
bool mock_port_watch(const struct mock_http *http, int descriptor);

/** Opens, closes or jams the port, as the script and its faults have it at this time. */
enum cog_code mock_port_follow(struct mock_http *http, struct cog_error *error) COG_CHECK;

/** Lets in everybody who waits. */
void mock_port_accept(struct mock_http *http);

/* access.c: requests as libmicrohttpd brings them. */

/** The daemon that calls the rest of that file; NULL when it cannot be had. */
struct MHD_Daemon *mock_access_start(struct mock_http *http);

/** Whether nobody listens at this time, by the site's script. */
bool mock_access_is_closed(const struct mock_http *http);

/* parking.c: answers that wait. */

/** Suspends a connection until `due_ms` by the parcel's clock; MHD_NO closes it. */
enum MHD_Result mock_parking_add(struct mock_http *http, struct mock_parcel *parcel,
                                 int64_t due_ms);

/** Lets go of what is due. @return whether there was anything */
bool mock_parking_release_due(struct mock_http *http);

/** Looks at the sockets of who waits. @return whether anything is to be done on any socket */
bool mock_parking_see_sockets(struct mock_http *http);

/** Answers what would come later now, and ends what would never come. */
void mock_parking_release_all(struct mock_http *http);

/** A parcel is gone, whether it is parked or not. */
void mock_parking_forget(struct mock_http *http, struct mock_parcel *parcel);

/* streaming.c: answers without an end. */

/** Queues the answer whose body is a stream. */
enum MHD_Result mock_streaming_begin(struct mock_http *http, struct mock_parcel *parcel);

/** Goes on with those that have something to say. @return whether there are any */
bool mock_streaming_wake(struct mock_http *http);

/** Its client has gone: nothing more can be sent, and no socket has to tell of it again. */
void mock_streaming_abandon(struct mock_http *http, struct mock_parcel *parcel);

/** Ends all of them. */
void mock_streaming_end_all(struct mock_http *http);

void mock_streaming_forget(struct mock_http *http, struct mock_parcel *parcel);

#endif
