#include "http/door.h"

#include <sys/socket.h>
#include <unistd.h>

/* Asks for a connection to the listener, and does not wait until it is made. @return -1 for none */
static int knock(int listener)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    if (getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        return -1;
    }
    const int filler = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (filler >= 0) {
        (void)connect(filler, (const struct sockaddr *)&address, size);
    }
    return filler;
}

void mock_door_jam(struct mock_door *door, int listener)
{
    if (door->is_jammed) {
        return;
    }
    /* Of a listener that listens already, this changes the length of its queue. */
    (void)listen(listener, 0);
    for (size_t i = 0; i < MOCK_DOOR_FILLERS; i++) {
        door->fillers[i] = knock(listener);
    }
    door->is_jammed = true;
}

void mock_door_clear(struct mock_door *door, int listener)
{
    if (!door->is_jammed) {
        return;
    }
    for (size_t i = 0; i < MOCK_DOOR_FILLERS; i++) {
        if (door->fillers[i] >= 0) {
            (void)close(door->fillers[i]);
        }
    }
    if (listener >= 0) {
        /* The filler for which the queue had room: it is nobody's connection. */
        const int let_in = accept(listener, NULL, NULL);
        if (let_in >= 0) {
            (void)close(let_in);
        }
        (void)listen(listener, SOMAXCONN);
    }
    door->is_jammed = false;
}

void mock_door_reset(int descriptor)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    (void)setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    (void)close(descriptor);
}

enum mock_certificate mock_door_certificate(struct mock_server *server)
{
    enum mock_certificate certificate = MOCK_CERTIFICATE_GOOD;
    switch (mock_server_connect_fault(server)) {
    case MOCK_CONNECT_UNTRUSTED:
        certificate = MOCK_CERTIFICATE_UNTRUSTED;
        break;
    case MOCK_CONNECT_EXPIRED:
        certificate = MOCK_CERTIFICATE_EXPIRED;
        break;
    case MOCK_CONNECT_WRONG_HOST:
        certificate = MOCK_CERTIFICATE_WRONG_HOST;
        break;
    case MOCK_CONNECT_FINE:
    case MOCK_CONNECT_REFUSED:
    case MOCK_CONNECT_TIMEOUT:
    case MOCK_CONNECT_RESET:
        return MOCK_CERTIFICATE_GOOD;
    }
    mock_server_connect_strike(server);
    return certificate;
}
