/** Strings that are overwritten before their memory is given back. */
#ifndef SECRET_H
#define SECRET_H

/** For COG_CLEANUP on a `char *` that holds a secret. */
void cog_secret_finish(char **secret);

#endif
