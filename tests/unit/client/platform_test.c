#include <cogpromote/platform.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(job_status_parse, .timeout = 5.0);

Test(job_status_parse, knows_the_api_s_words_in_any_letter_case)
{
    for (int i = COG_JOB_PENDING; i < COG_JOB_OTHER; i++) {
        const enum cog_job_status status = (enum cog_job_status)i;

        EXPECT_INT(cog_job_status_parse(cog_job_status_name(status)), status);
    }
    EXPECT_INT(cog_job_status_parse("Rolled_Back"), COG_JOB_ROLLED_BACK);
}

Test(job_status_parse, takes_any_other_word_for_other)
{
    EXPECT_INT(cog_job_status_parse(""), COG_JOB_OTHER);
    EXPECT_INT(cog_job_status_parse("complete"), COG_JOB_OTHER);
    EXPECT_INT(cog_job_status_parse("other"), COG_JOB_OTHER);
}
