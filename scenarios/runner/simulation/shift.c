#include "simulation/shift.h"

#include <stddef.h>

void scn_shift_turn(struct scn_shift shift, bool is_client)
{
    if (shift.turn != NULL) {
        shift.turn(shift.context, is_client ? shift.process : 0);
    }
}
