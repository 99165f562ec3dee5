/** A secret in the form in which a header carries it. */
#ifndef SCN_CREDENTIAL_H
#define SCN_CREDENTIAL_H

/**
 * The value of a Basic header, without its padding: what stands in a text with it has this in it
 * too.
 *
 * @return owned by the caller, free(); NULL without memory
 */
char *scn_credential_basic(const char *id, const char *secret);

#endif
