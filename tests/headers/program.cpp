/* Functions have C's names for C++: else this would not link. */
#include <cogpromote/config.h>
#include <cogpromote/error.h>

#include <cstring>

int main()
{
    struct cog_config config = {};
    struct cog_error error = {};
    if (cog_config_init(&config, &error) != COG_OK) {
        return 1;
    }
    const bool is_good = config.max_attempts > 0 && std::strlen(cog_code_name(COG_OK)) > 0;
    cog_config_finish(&config);
    return is_good ? 0 : 1;
}
