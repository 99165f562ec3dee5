/* An answer's bytes, as libcurl reads them. */
#include "simulation/reader.h"

#include "support/expect.h"

TestSuite(reader, .timeout = 5.0);

static const char whole[] = "HTTP/1.1 200 Fine\r\nA: b\r\nContent-Length: 3\r\n\r\nyes";

static void feed(struct scn_reader *reader, const char *text)
{
    scn_reader_feed(reader, text, strlen(text));
}

Test(reader, takes_an_answer_in_one_piece_and_in_single_bytes_alike)
{
    COG_CLEANUP(scn_reader_finish) struct scn_reader at_once = {0};
    COG_CLEANUP(scn_reader_finish) struct scn_reader bytewise = {0};

    feed(&at_once, whole);
    for (size_t i = 0; i < sizeof whole - 1; i++) {
        EXPECT_INT(bytewise.state < SCN_READER_DONE, true);
        scn_reader_feed(&bytewise, whole + i, 1);
    }

    EXPECT_INT(at_once.state, SCN_READER_DONE);
    EXPECT_INT(bytewise.state, SCN_READER_DONE);
    EXPECT_INT(at_once.status, 200);
    EXPECT_INT(bytewise.status, 200);
    EXPECT_STR(cog_text_string(&at_once.answer.body), "yes");
    EXPECT_STR(cog_text_string(&bytewise.answer.body), "yes");
    EXPECT_INT(at_once.moved, sizeof whole - 1);
    EXPECT_INT(bytewise.moved, sizeof whole - 1);
}

Test(reader, counts_of_a_head_only_whole_lines)
{
    COG_CLEANUP(scn_reader_finish) struct scn_reader reader = {0};

    feed(&reader, "HTTP/1.1 200");
    EXPECT_INT(reader.moved, 0);
    feed(&reader, " Fine\r\nA");

    EXPECT_INT(reader.moved, strlen("HTTP/1.1 200 Fine\r\n"));
}

Test(reader, tells_by_the_place_of_the_end_what_is_wrong)
{
    static const struct {
        const char *bytes;
        enum scn_reader_state state;
        enum scn_mishap mishap;
    } rows[] = {
        {"", SCN_READER_STOPPED, SCN_MISHAP_NOTHING},
        {"HTTP/1.1 200 Fi", SCN_READER_STOPPED, SCN_MISHAP_NOTHING},
        {"HTTP/1.1 200 Fine\r\nA: b", SCN_READER_DONE, SCN_MISHAP_NONE},
        {"HTTP/1.1 200 Fine\r\nContent-Length: 3\r\n\r\nye", SCN_READER_STOPPED,
         SCN_MISHAP_PARTIAL},
        {"HTTP/1.1 200 Fine\r\n\r\nas far as it goes", SCN_READER_DONE, SCN_MISHAP_NONE},
        {"HTTQ", SCN_READER_STOPPED, SCN_MISHAP_NO_HTTP},
        {"HTTP/1.1 204 None\r\n\r\n", SCN_READER_DONE, SCN_MISHAP_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_reader_finish) struct scn_reader reader = {0};
        feed(&reader, rows[i].bytes);

        scn_reader_end(&reader);

        cr_expect(reader.state == rows[i].state && reader.mishap == rows[i].mishap,
                  "'%s': state %d, mishap %d", rows[i].bytes, (int)reader.state,
                  (int)reader.mishap);
    }
}

Test(reader, forgets_the_headers_of_interim_answers)
{
    COG_CLEANUP(scn_reader_finish) struct scn_reader reader = {0};

    feed(&reader, "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n");
    EXPECT_INT(reader.state, SCN_READER_HEAD);
    feed(&reader, whole);

    EXPECT_INT(reader.state, SCN_READER_DONE);
    EXPECT_INT(reader.status, 200);
    cr_expect(cog_response_header(&reader.answer.response, "Link") == NULL);
    EXPECT_STR(cog_response_header(&reader.answer.response, "A"), "b");
}

Test(reader, stops_where_the_limits_of_the_client_are)
{
    COG_CLEANUP(scn_reader_finish) struct scn_reader reader = {0};

    feed(&reader, "HTTP/1.1 200 Fine\r\nContent-Length: 1048577\r\n");

    EXPECT_INT(reader.state, SCN_READER_STOPPED);
    EXPECT_INT(reader.mishap, SCN_MISHAP_TOO_LONG);
}
