/** Finishers of libcurl's types, for COG_CLEANUP. */
#ifndef CLEANUP_H
#define CLEANUP_H

#include <curl/curl.h>
#include <openssl/crypto.h>
#include <string.h>

static inline void curl_easy_finish(CURL **easy)
{
    curl_easy_cleanup(*easy);
    *easy = NULL;
}

/** Wipes the entries too: one of them is the Authorization header. */
static inline void curl_slist_finish(struct curl_slist **list)
{
    for (struct curl_slist *entry = *list; entry != NULL; entry = entry->next) {
        OPENSSL_cleanse(entry->data, strlen(entry->data));
    }
    curl_slist_free_all(*list);
    *list = NULL;
}

#endif
