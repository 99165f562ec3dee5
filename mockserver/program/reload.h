/** The scenario's file has changed: it is read again. */
#ifndef MOCK_PROGRAM_RELOAD_H
#define MOCK_PROGRAM_RELOAD_H

#include "program/service.h"

/**
 * Looks what happened to the file. What it holds now takes the place of the scenario before it,
 * unless it is wrong; the log says which.
 */
void mock_service_reload(struct mock_service *service);

#endif
