/** The document `openapi.json` of this folder, put into the program by embed.py. */
#ifndef MOCK_CONTROL_OPENAPI_H
#define MOCK_CONTROL_OPENAPI_H

#include <stddef.h>

/** UTF-8; a NUL follows the last byte. */
extern const unsigned char mock_control_openapi[];
extern const size_t mock_control_openapi_length;

#endif
