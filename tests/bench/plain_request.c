/* The least that libcurl needs for one request: what a program without ours would weigh. */
#include <curl/curl.h>

#include <stdbool.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    CURL *easy = curl_easy_init();
    const bool is_good = argc == 2 && easy != NULL &&
                         curl_easy_setopt(easy, CURLOPT_URL, argv[1]) == CURLE_OK &&
                         curl_easy_perform(easy) == CURLE_OK;
    curl_easy_cleanup(easy);
    return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
