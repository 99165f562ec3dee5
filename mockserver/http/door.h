/** What becomes of connections before anybody is heard on them. */
#ifndef MOCK_HTTP_DOOR_H
#define MOCK_HTTP_DOOR_H

#include <cogmock/server.h>
#include <cogmock/tls.h>

#include <stdbool.h>

/** So many of our own connections stand in a jammed door: one more than its queue has room for. */
enum { MOCK_DOOR_FILLERS = 2 };

/** `{0}` is not jammed. */
struct mock_door {
    bool is_jammed;
    bool is_shut; /**< By a fault, which has been counted. */
    int fillers[MOCK_DOOR_FILLERS];
};

/**
 * From now on the system takes no more connections for a listener: it does not answer who wants
 * one, since the queue of those that nobody has accepted is full.
 *
 * @param listener a descriptor whose queue is empty
 */
void mock_door_jam(struct mock_door *door, int listener);

/** Undoes that. @param listener the same one; -1 when it was closed meanwhile */
void mock_door_clear(struct mock_door *door, int listener);

/** Closes a connection that was just accepted, with RST. */
void mock_door_reset(int descriptor);

/** Which certificate the next connection is shown; counts a fault that is thereby carried out. */
enum mock_certificate mock_door_certificate(struct mock_server *server);

#endif
