#include "outbox.h"

#include "support/expect.h"

#include <cogbase/text.h>

#include <stdio.h>

TestSuite(outbox, .timeout = 5.0);

static void keep(struct cog_storage seam, const char *id, const char *created)
{
    COG_CLEANUP(cog_string_finish) char *body = strdup("{\"event\":\"deployment.failed\"}");
    struct cog_notice notice = {.body = body};
    struct cog_error error = {0};
    (void)snprintf(notice.id, sizeof notice.id, "%s", id);
    (void)snprintf(notice.created, sizeof notice.created, "%s", created);
    ASSERT_CODE(cog_outbox_keep(seam, &notice, &error), COG_OK, error);
}

static struct cog_outbox read(struct cog_storage seam)
{
    struct cog_outbox outbox = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_outbox_read(seam, &outbox, &error), COG_OK, error);
    return outbox;
}

Test(outbox, gives_back_what_it_keeps)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    keep(cog_storage_memory(&storage), "msg_a", "2026-01-01T00:00:00Z");

    COG_CLEANUP(cog_outbox_finish) struct cog_outbox outbox = read(cog_storage_memory(&storage));

    cr_assert(outbox.count == 1);
    EXPECT_STR(outbox.notices[0].id, "msg_a");
    EXPECT_STR(outbox.notices[0].created, "2026-01-01T00:00:00Z");
    EXPECT_STR(outbox.notices[0].body, "{\"event\":\"deployment.failed\"}");
    EXPECT_INT(outbox.damaged_count, 0);
}

Test(outbox, keeps_one_notice_of_an_id)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    keep(cog_storage_memory(&storage), "msg_a", "2026-01-01T00:00:00Z");
    keep(cog_storage_memory(&storage), "msg_a", "2026-01-01T00:00:09Z");

    COG_CLEANUP(cog_outbox_finish) struct cog_outbox outbox = read(cog_storage_memory(&storage));

    cr_assert(outbox.count == 1);
    EXPECT_STR(outbox.notices[0].created, "2026-01-01T00:00:09Z");
}

Test(outbox, drops_what_is_there_and_does_not_mind_what_is_not)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    keep(seam, "msg_a", "2026-01-01T00:00:00Z");
    keep(seam, "msg_b", "2026-01-01T00:00:00Z");
    struct cog_error error = {0};

    ASSERT_CODE(cog_outbox_drop(seam, "msg_a", &error), COG_OK, error);
    ASSERT_CODE(cog_outbox_drop(seam, "msg_a", &error), COG_OK, error);

    COG_CLEANUP(cog_outbox_finish) struct cog_outbox outbox = read(seam);
    cr_assert(outbox.count == 1);
    EXPECT_STR(outbox.notices[0].id, "msg_b");
}

Test(outbox, names_the_first_damaged_file_and_counts_all)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    keep(seam, "msg.b", "2026-01-01T00:00:00Z");
    keep(seam, "msg_a", "today");
    keep(seam, "msg_c", "2026-01-01T00:00:00Z");

    COG_CLEANUP(cog_outbox_finish) struct cog_outbox outbox = read(seam);

    EXPECT_INT(outbox.count, 1);
    EXPECT_INT(outbox.damaged_count, 2);
    EXPECT_STR(outbox.damage, "'outbox/msg.b.json' is no notice: its 'id' has more than letters,"
                              " digits, '-' and '_'; look at it, and remove it");
}

Test(outbox, reports_a_disk_that_fails)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {.fails = true};
    const struct cog_storage seam = cog_storage_memory(&storage);
    struct cog_outbox outbox = {0};
    char body[] = "{}";
    const struct cog_notice notice = {.id = "msg_a", .body = body};
    struct cog_error error = {0};

    ASSERT_CODE(cog_outbox_keep(seam, &notice, &error), COG_ERROR_STORAGE, error);
    EXPECT_STR(error.message, "put 'msg_a' into the outbox");
    ASSERT_CODE(cog_outbox_drop(seam, "msg_a", &error), COG_ERROR_STORAGE, error);
    EXPECT_STR(error.message, "take 'msg_a' out of the outbox");
    ASSERT_CODE(cog_outbox_read(seam, &outbox, &error), COG_ERROR_STORAGE, error);
    EXPECT_STR(error.message, "look into the outbox");
}
