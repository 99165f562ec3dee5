/* Whatever somebody asks of the control plane, one request after the other, with FF between. */
#include "fake.h"

#include <stdlib.h>

enum { INSUFFICIENT_STORAGE = 507 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    struct fuzz_fake fake;
    fuzz_fake_init(&fake, NULL);
    while (input.length > 0) {
        size_t text_length = 0;
        struct mock_plan plan = {0};
        char *text = fuzz_text_take(&input, '\f', &text_length);
        if (fuzz_fake_ask(&fake, text, text_length, &plan)) {
            fuzz_expect_plan(&fake, &plan);
            fuzz_expect_json(&plan);
            fuzz_expect(plan.status >= 200, "the control plane answers everything");
            fuzz_expect(plan.status < 500 || plan.status == INSUFFICIENT_STORAGE,
                        "whatever is wrong is wrong with the request");
        }
        mock_plan_finish(&plan);
        free(text);
    }
    fuzz_fake_finish(&fake);
    return 0;
}
