/** How a drill stands, in one line for who asks in the shell. */
#ifndef SCN_STATUS_TEXT_H
#define SCN_STATUS_TEXT_H

#include "drill/guided/conductor.h"

#include <stddef.h>

/** No more than the screen shows. What does not fit is cut off. */
void scn_status_text_format(const struct scn_conductor_status *status, char *buffer, size_t size);

#endif
