#include "secret.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

void cog_secret_finish(char **secret)
{
    if (*secret != NULL) {
        OPENSSL_cleanse(*secret, strlen(*secret));
    }
    free(*secret);
    *secret = NULL;
}
