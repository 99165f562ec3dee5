#include "script/tracker.h"

#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(tracker_locate, .timeout = 10.0);
TestSuite(fault_matches, .timeout = 5.0);

/* Locates a request, says how it ended, and returns its place as nth * 100 + attempt. */
static int locate(struct mock_tracker *tracker, const char *path, const char *id, int status)
{
    struct mock_track *track = NULL;
    cr_assert(mock_tracker_locate(tracker, MOCK_CALL_STATUS, path, id, &track) == COG_OK);
    const struct mock_address address = mock_track_address(track);
    mock_track_close(track, status, status != 0);
    mock_track_drop(track);
    return address.nth * 100 + address.attempt;
}

Test(tracker_locate, counts_attempts_by_request_id_whatever_the_answer)
{
    COG_CLEANUP(mock_tracker_finish) struct mock_tracker tracker = {0};

    EXPECT_INT(locate(&tracker, "/a", "x", 200), 101);
    EXPECT_INT(locate(&tracker, "/b", "x", 200), 102);
    EXPECT_INT(locate(&tracker, "/a", "y", 503), 201);
    EXPECT_INT(locate(&tracker, "/a", "x", 200), 103);
    EXPECT_INT(locate(&tracker, "/a", "y", 200), 202);
}

Test(tracker_locate, goes_on_without_an_id_only_after_an_answer_that_invites_it)
{
    static const struct {
        int status;
        bool goes_on;
    } rows[] = {{200, false}, {202, false}, {400, false}, {401, true}, {403, false}, {404, false},
                {408, true},  {409, false}, {429, true},  {500, true}, {503, true},  {0, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(mock_tracker_finish) struct mock_tracker tracker = {0};
        EXPECT_INT(locate(&tracker, "/a", NULL, rows[i].status), 101);
        int second = locate(&tracker, "/a", NULL, 200);
        cr_expect(second == (rows[i].goes_on ? 102 : 201), "after %d: %d", rows[i].status, second);
    }
}

Test(tracker_locate, takes_another_path_for_another_call)
{
    COG_CLEANUP(mock_tracker_finish) struct mock_tracker tracker = {0};

    EXPECT_INT(locate(&tracker, "/a", NULL, 503), 101);
    EXPECT_INT(locate(&tracker, "/b", NULL, 503), 201);
    EXPECT_INT(locate(&tracker, "/a", NULL, 200), 102);
}

/* Locates calls that nobody made before, until the tracker forgets. @return how many */
static int fill(struct mock_tracker *tracker)
{
    char id[24];
    int count = 0;
    for (size_t size = 0; tracker->size >= size; count++) {
        size = tracker->size;
        (void)snprintf(id, sizeof id, "id-%d", count);
        (void)locate(tracker, "/a", id, 200);
    }
    return count;
}

Test(tracker_locate, forgets_old_calls_at_its_limit_but_goes_on_counting)
{
    COG_CLEANUP(mock_tracker_finish) struct mock_tracker tracker = {0};

    const int count = fill(&tracker);

    cr_expect(count > 10000, "%d are too few", count);
    EXPECT_INT(locate(&tracker, "/a", "id-0", 200), (count + 1) * 100 + 1);
}

Test(tracker_locate, counts_long_names_at_their_length)
{
    static char id[16384];
    COG_CLEANUP(mock_tracker_finish) struct mock_tracker tracker = {0};
    memset(id, 'a', sizeof id - 1);
    int count = 0;

    for (size_t size = 0; tracker.size >= size; count++) {
        size = tracker.size;
        (void)snprintf(id, 24, "%023d", count);
        id[23] = 'a';
        (void)locate(&tracker, "/a", id, 200);
    }

    cr_expect(count <= MOCK_TRACKS_SIZE_MAX / (int)sizeof id + 1);
}

Test(tracker_locate, leaves_a_request_that_is_under_way_its_track)
{
    COG_CLEANUP(mock_tracker_finish) struct mock_tracker tracker = {0};
    struct mock_track *track = NULL;
    cr_assert(mock_tracker_locate(&tracker, MOCK_CALL_STATUS, "/slow", NULL, &track) == COG_OK);

    (void)fill(&tracker);

    mock_track_close(track, 200, true);
    EXPECT_INT(mock_track_address(track).nth, 1);
    mock_track_drop(track);
}

Test(fault_matches, looks_at_call_nth_from_and_attempt)
{
    static const struct {
        struct mock_fault fault;
        struct mock_address address;
        bool matches;
    } rows[] = {
        {{.call = MOCK_CALL_STATUS}, {MOCK_CALL_STATUS, 7, 3}, true},
        {{.call = MOCK_CALL_STATUS}, {MOCK_CALL_PROMOTE, 1, 1}, false},
        {{.call = MOCK_CALL_STATUS, .nths = {{2, 4}, 2}}, {MOCK_CALL_STATUS, 4, 1}, true},
        {{.call = MOCK_CALL_STATUS, .nths = {{2, 4}, 2}}, {MOCK_CALL_STATUS, 3, 1}, false},
        {{.call = MOCK_CALL_STATUS, .from = 3}, {MOCK_CALL_STATUS, 2, 1}, false},
        {{.call = MOCK_CALL_STATUS, .from = 3}, {MOCK_CALL_STATUS, 3, 1}, true},
        {{.call = MOCK_CALL_STATUS, .from = 3}, {MOCK_CALL_STATUS, 9, 1}, true},
        {{.call = MOCK_CALL_STATUS, .attempts = {{1}, 1}}, {MOCK_CALL_STATUS, 1, 2}, false},
        {{.call = MOCK_CALL_STATUS, .nths = {{1}, 1}, .attempts = {{2}, 1}},
         {MOCK_CALL_STATUS, 1, 2},
         true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(mock_fault_matches(&rows[i].fault, &rows[i].address) == rows[i].matches,
                  "row %zu", i);
    }
}
