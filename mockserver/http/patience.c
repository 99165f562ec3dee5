#include "http/patience.h"

#include "http/connection.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <utlist.h>

struct mock_guest *mock_patience_admit(struct mock_patience *patience,
                                       struct MHD_Connection *connection, int64_t now_ms)
{
    struct mock_guest *guest = calloc(1, sizeof *guest);
    if (guest == NULL) {
        return NULL;
    }
    guest->connection = connection;
    guest->number = ++patience->admitted_count;
    guest->since_ms = now_ms;
    DL_APPEND2(patience->guests, guest, previous, next);
    return guest;
}

void mock_patience_dismiss(struct mock_patience *patience, struct mock_guest *guest)
{
    if (guest == NULL) {
        return;
    }
    mock_patience_pause(patience, guest);
    free(guest);
}

void mock_patience_pause(struct mock_patience *patience, struct mock_guest *guest)
{
    if (guest == NULL || guest->is_served) {
        return;
    }
    guest->is_served = true;
    DL_DELETE2(patience->guests, guest, previous, next);
}

void mock_patience_resume(struct mock_patience *patience, struct mock_guest *guest, int64_t now_ms)
{
    if (guest == NULL) {
        return;
    }
    mock_patience_pause(patience, guest);
    guest->is_served = false;
    guest->since_ms = now_ms;
    DL_APPEND2(patience->guests, guest, previous, next);
}

/* libmicrohttpd sees the end of its input, and closes. */
void mock_patience_run_out(struct mock_patience *patience, int64_t now_ms)
{
    struct mock_guest *guest = patience->guests;
    for (; guest != NULL && mock_patience_next_ms(patience) <= now_ms; guest = patience->guests) {
        (void)shutdown(mock_connection_descriptor(guest->connection), SHUT_RDWR);
        mock_patience_pause(patience, guest);
    }
}

int64_t mock_patience_next_ms(const struct mock_patience *patience)
{
    return patience->limit_ms == 0 || patience->guests == NULL
               ? INT64_MAX
               : patience->guests->since_ms + patience->limit_ms;
}
