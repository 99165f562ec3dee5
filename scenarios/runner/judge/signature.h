/**
 * The signature of a webhook (Standard Webhooks), reckoned here from the specification: who judged
 * the client by its own code could not find a fault in that code.
 */
#ifndef SCN_SIGNATURE_H
#define SCN_SIGNATURE_H

#include <stdbool.h>

/** @return whether "v1,…" is the one of that message; false also when nothing can be reckoned */
bool scn_signature_is_valid(const char *secret, const char *id, const char *timestamp,
                            const char *body, const char *signature);

#endif
