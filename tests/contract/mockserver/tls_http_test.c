/* What TLS looks like on the wire: OpenSSL as the client, in one thread with the fake. */
#include <cogmock/http.h>

#include "support/expect.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

TestSuite(tls_handshake, .timeout = 20.0);
TestSuite(tls_client, .timeout = 20.0);
TestSuite(tls_answer, .timeout = 20.0);
TestSuite(tls_fault, .timeout = 20.0);

enum { TURNS_MAX = 20000, RECEIVED_SIZE = 5 << 18 };

/** How a connection ended for the one who reads it. */
enum end {
    END_NONE,      /**< It did not: nothing more comes before the clock moves. */
    END_ORDERLY,   /**< close_notify. */
    END_TRUNCATED, /**< FIN, and no close_notify before it. */
    END_RESET,     /**< RST. */
    END_ALERT,     /**< A fatal alert. */
};

struct line {
    struct cog_clock_virtual clock;
    struct mock_tls *tls;
    struct mock_script *script;
    struct mock_server *server;
    struct mock_http *http;
    enum mock_certificate certificate; /**< Which the fake shows next. */
    SSL_CTX *context;
    SSL *client;
    int descriptor;
    char received[RECEIVED_SIZE];
    size_t received_length;
};

struct line_options {
    const char *scenario; /**< JSON; NULL for the default world. */
    bool asks_clients;
    int version; /**< TLS1_2_VERSION, …; 0 for any. */
};

static enum mock_certificate choose(void *context)
{
    const struct line *line = context;
    return line->certificate;
}

static void open_tls(struct line *line, const struct line_options *options)
{
    static const char *const names[] = {"localhost", "127.0.0.1", NULL};
    const struct mock_tls_options tls_options = {
        .now_unix_ms = cog_clock_unix_ms(cog_clock_posix()),
        .random = cog_random_openssl(),
        .names = names,
        .makes_client_certificate = options->asks_clients,
    };
    struct cog_error error = {0};
    ASSERT_CODE(mock_tls_create(&tls_options, &line->tls, &error), COG_OK, error);
}

static void open_server(struct line *line, const struct line_options *options)
{
    struct cog_error error = {0};
    const char *scenario = options->scenario != NULL ? options->scenario : "{}";
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    ASSERT_CODE(cog_document_parse("test.json", scenario, strlen(scenario), &document, &error),
                COG_OK, error);
    ASSERT_CODE(mock_script_parse(&document, &line->script, &error), COG_OK, error);
    cog_clock_virtual_init(&line->clock, 0);
    const struct mock_http_options http_options = {
        .clock = cog_clock_virtual(&line->clock),
        .tls = line->tls,
        .choice = {choose, line},
    };
    const struct mock_server_options server_options = {.clock = http_options.clock, .seed = 1};
    ASSERT_CODE(mock_server_create(line->script, &server_options, &line->server, &error), COG_OK,
                error);
    ASSERT_CODE(
        mock_http_create(mock_site_of_server(line->server), &http_options, &line->http, &error),
        COG_OK, error);
}

/* A client that trusts the private authority, and speaks to localhost. */
static void open_client(struct line *line, const struct line_options *options)
{
    line->context = SSL_CTX_new(TLS_client_method());
    cr_assert_not_null(line->context);
    SSL_CTX_set_verify(line->context, SSL_VERIFY_PEER, NULL);
    (void)SSL_CTX_set_min_proto_version(line->context, options->version);
    (void)SSL_CTX_set_max_proto_version(line->context, options->version);
    SSL_CTX_set_security_level(line->context, 0);
    BIO *bio = BIO_new_mem_buf(mock_tls_authority(line->tls), -1);
    X509 *root = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    cr_assert(X509_STORE_add_cert(SSL_CTX_get_cert_store(line->context), root) == 1);
    X509_free(root);
    BIO_free(bio);
}

static void line_open(struct line *line, const struct line_options *options)
{
    *line = (struct line){.descriptor = -1};
    open_tls(line, options);
    open_server(line, options);
    open_client(line, options);
}

static void hang_up(struct line *line)
{
    SSL_free(line->client);
    line->client = NULL;
    if (line->descriptor >= 0) {
        (void)close(line->descriptor);
        line->descriptor = -1;
    }
}

static void line_close(struct line *line)
{
    hang_up(line);
    SSL_CTX_free(line->context);
    mock_http_destroy(line->http);
    mock_server_destroy(line->server);
    mock_script_destroy(line->script);
    mock_tls_destroy(line->tls);
}

static void run(struct line *line)
{
    struct cog_error error = {0};
    ASSERT_CODE(mock_http_run(line->http, &error), COG_OK, error);
}

/* Lets the fake work. @return false when neither end has anything to do any more */
static bool turn(struct line *line)
{
    enum { PATIENCE_MS = 20 };
    struct pollfd events[] = {
        {.fd = line->descriptor, .events = POLLIN},
        {.fd = mock_http_descriptor(line->http), .events = POLLIN},
    };
    run(line);
    return poll(events, 2, PATIENCE_MS) > 0;
}

static void dial(struct line *line)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(mock_http_port(line->http)),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    hang_up(line);
    line->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(connect(line->descriptor, (const struct sockaddr *)&address, sizeof address) == 0);
    cr_assert(fcntl(line->descriptor, F_SETFL, O_NONBLOCK) == 0);
    /* Or else the request would wait until the fake's kernel confirms the end of the handshake. */
    const int yes = 1;
    cr_assert(setsockopt(line->descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) == 0);
    line->client = SSL_new(line->context);
    cr_assert(SSL_set1_host(line->client, "localhost") == 1);
    cr_assert(SSL_set_fd(line->client, line->descriptor) == 1);
}

/* Whether OpenSSL only waits for the other end. */
static bool has_to_wait(const struct line *line, int result)
{
    const int reason = SSL_get_error(line->client, result);
    return reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE;
}

/* A new connection. @return whether the handshake succeeded, as the client sees it */
static bool shake_hands(struct line *line)
{
    dial(line);
    for (int i = 0; i < TURNS_MAX; i++) {
        ERR_clear_error();
        const int result = SSL_connect(line->client);
        if (result == 1) {
            return true;
        }
        if (!has_to_wait(line, result)) {
            return false;
        }
        (void)turn(line);
    }
    cr_assert_fail("the handshake never ends");
    return false;
}

static void write_text(struct line *line, const char *text)
{
    for (int i = 0; i < TURNS_MAX; i++) {
        const int result = SSL_write(line->client, text, (int)strlen(text));
        if (result > 0) {
            return;
        }
        cr_assert(has_to_wait(line, result));
        (void)turn(line);
    }
}

static enum end end_of(const struct line *line, int result)
{
    const int number = errno;
    const int reason = SSL_get_error(line->client, result);
    if (reason == SSL_ERROR_ZERO_RETURN) {
        return END_ORDERLY;
    }
    if (reason == SSL_ERROR_SYSCALL) {
        cr_expect(number == ECONNRESET, "errno is %d", number);
        return END_RESET;
    }
    const int detail = ERR_GET_REASON(ERR_peek_error());
    return detail == SSL_R_UNEXPECTED_EOF_WHILE_READING ? END_TRUNCATED : END_ALERT;
}

/* Behind what was received before, until the end, or until nothing more comes. */
static enum end read_more(struct line *line)
{
    for (int i = 0; i < TURNS_MAX; i++) {
        ERR_clear_error();
        errno = 0;
        const int result = SSL_read(line->client, line->received + line->received_length,
                                    (int)(sizeof line->received - 1 - line->received_length));
        if (result > 0) {
            line->received_length += (size_t)result;
            line->received[line->received_length] = '\0';
            continue;
        }
        if (!has_to_wait(line, result)) {
            return end_of(line, result);
        }
        if (!turn(line)) {
            return END_NONE;
        }
    }
    cr_assert_fail("the answer never ends");
    return END_NONE;
}

/* Asks on the present connection, and reads what comes. */
static enum end ask(struct line *line, const char *request)
{
    line->received_length = 0;
    line->received[0] = '\0';
    write_text(line, request);
    return read_more(line);
}

#define HEALTH               "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
#define HEALTH_FAULT(inject) "{\"faults\":[{\"call\":\"health\",\"inject\":" inject "}]}"

static const struct line_options plain_options;

Test(tls_handshake, shows_the_certificate_that_is_chosen_for_each_connection)
{
    static const struct {
        enum mock_certificate certificate;
        long expected;
    } rows[] = {
        {MOCK_CERTIFICATE_GOOD, X509_V_OK},
        {MOCK_CERTIFICATE_UNTRUSTED, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY},
        {MOCK_CERTIFICATE_EXPIRED, X509_V_ERR_CERT_HAS_EXPIRED},
        {MOCK_CERTIFICATE_WRONG_HOST, X509_V_ERR_HOSTNAME_MISMATCH},
        {MOCK_CERTIFICATE_GOOD, X509_V_OK},
    };
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &plain_options);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        line.certificate = rows[i].certificate;

        const bool is_good = shake_hands(&line);

        EXPECT_INT(is_good, rows[i].expected == X509_V_OK);
        EXPECT_INT(SSL_get_verify_result(line.client), rows[i].expected);
    }
    EXPECT_INT(mock_http_request_count(line.http), 0);
}

Test(tls_handshake, is_of_version_1_2_or_later)
{
    static const struct {
        int version;
        bool is_good;
    } rows[] = {{TLS1_VERSION, false},
                {TLS1_1_VERSION, false},
                {TLS1_2_VERSION, true},
                {TLS1_3_VERSION, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct line_options options = {.version = rows[i].version};
        COG_CLEANUP(line_close) struct line line;
        line_open(&line, &options);

        EXPECT_INT(shake_hands(&line), rows[i].is_good);
    }
}

Test(tls_handshake, that_never_begins_holds_up_nobody)
{
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &plain_options);
    dial(&line);
    run(&line);
    const int silent = dup(line.descriptor);

    cr_assert(shake_hands(&line));

    EXPECT_INT(ask(&line, HEALTH), END_NONE);
    EXPECT_CONTAINS(line.received, "HTTP/1.1 401 ");
    (void)close(silent);
}

Test(tls_handshake, that_stops_half_way_is_looked_at_again_and_not_spun_on)
{
    /* Ten thousand turns take many times as long, and fifty a small part of it. */
    const clock_t turns_max = CLOCKS_PER_SEC / 50;
    const struct line_options options = {.version = TLS1_2_VERSION};
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &options);
    dial(&line);
    /* Sends its first words, and never answers the fake's. */
    cr_assert(has_to_wait(&line, SSL_connect(line.client)));
    run(&line);

    const clock_t start = clock();
    run(&line);
    const clock_t used = clock() - start;

    cr_expect(used < turns_max, "%ld of %ld ticks", (long)used, (long)CLOCKS_PER_SEC);
    EXPECT_INT(mock_http_next_due_ms(line.http), line.clock.now_ms + 10);
}

static void show_certificate(struct line *line)
{
    BIO *bio = BIO_new_mem_buf(mock_tls_client_identity(line->tls), -1);
    X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    cr_assert(SSL_CTX_use_certificate(line->context, certificate) == 1);
    cr_assert(SSL_CTX_use_PrivateKey(line->context, key) == 1);
    X509_free(certificate);
    EVP_PKEY_free(key);
    BIO_free(bio);
}

Test(tls_client, with_its_certificate_is_heard)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        const struct line_options options = {.version = versions[i], .asks_clients = true};
        COG_CLEANUP(line_close) struct line line;
        line_open(&line, &options);
        show_certificate(&line);

        cr_assert(shake_hands(&line));

        EXPECT_INT(ask(&line, HEALTH), END_NONE);
        EXPECT_CONTAINS(line.received, "HTTP/1.1 401 ");
    }
}

Test(tls_client, without_a_certificate_is_told_so_and_not_heard)
{
    const struct line_options options = {.version = TLS1_3_VERSION, .asks_clients = true};
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &options);
    /* By TLS 1.3 the client learns it when it has done with the handshake. */
    cr_assert(shake_hands(&line));

    EXPECT_INT(ask(&line, HEALTH), END_ALERT);

    EXPECT_INT(ERR_GET_REASON(ERR_peek_error()), SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED);
    EXPECT_INT(line.received_length, 0);
    EXPECT_INT(mock_http_request_count(line.http), 0);
}

Test(tls_client, without_a_certificate_fails_the_handshake_of_1_2)
{
    const struct line_options options = {.version = TLS1_2_VERSION, .asks_clients = true};
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &options);

    cr_assert_not(shake_hands(&line));

    EXPECT_INT(ERR_GET_REASON(ERR_peek_error()), SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE);
}

Test(tls_client, with_a_certificate_of_a_stranger_is_not_heard)
{
    const struct line_options options = {.version = TLS1_3_VERSION, .asks_clients = true};
    COG_CLEANUP(line_close) struct line other;
    COG_CLEANUP(line_close) struct line line;
    line_open(&other, &options);
    line_open(&line, &options);
    struct mock_tls *own = line.tls;
    line.tls = other.tls;
    show_certificate(&line);
    line.tls = own;
    cr_assert(shake_hands(&line));

    EXPECT_INT(ask(&line, HEALTH), END_ALERT);

    EXPECT_INT(mock_http_request_count(line.http), 0);
}

Test(tls_answer, keeps_the_connection_for_the_next_request)
{
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &plain_options);
    cr_assert(shake_hands(&line));
    EXPECT_INT(ask(&line, HEALTH), END_NONE);

    EXPECT_INT(ask(&line, HEALTH), END_NONE);

    EXPECT_CONTAINS(line.received, "HTTP/1.1 401 ");
    EXPECT_INT(mock_http_request_count(line.http), 2);
}

Test(tls_answer, comes_to_requests_that_arrived_in_one_record)
{
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &plain_options);
    cr_assert(shake_hands(&line));

    EXPECT_INT(ask(&line, HEALTH HEALTH HEALTH), END_NONE);

    EXPECT_INT(mock_http_request_count(line.http), 3);
}

Test(tls_answer, ends_with_a_leave_when_the_client_wants_no_more)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        const struct line_options options = {.version = versions[i]};
        COG_CLEANUP(line_close) struct line line;
        line_open(&line, &options);
        cr_assert(shake_hands(&line));

        const enum end end =
            ask(&line, "GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        EXPECT_INT(end, END_ORDERLY);
        EXPECT_CONTAINS(line.received, "HTTP/1.1 401 ");
    }
}

Test(tls_fault, ends_as_it_would_in_clear)
{
    static const struct {
        const char *scenario;
        enum end end;
        const char *received;
    } rows[] = {
        {HEALTH_FAULT("\"reset_after_apply\""), END_RESET, ""},
        {HEALTH_FAULT("\"close_no_response\""), END_TRUNCATED, ""},
        {HEALTH_FAULT("\"reset_after_headers\""), END_RESET, "HTTP/1.1 401 "},
        {HEALTH_FAULT("{\"kind\":\"truncated_body\",\"after_bytes\":7}"), END_TRUNCATED,
         "HTTP/1.1 401 "},
        {HEALTH_FAULT("\"timeout_after_apply\""), END_NONE, ""},
        {HEALTH_FAULT("\"truncated_headers\""), END_TRUNCATED, "HTTP/1.1 401 "},
        {HEALTH_FAULT("\"garbage_then_close\""), END_TRUNCATED, "this is no HTTP"},
        {HEALTH_FAULT("\"wrong_content_length\""), END_TRUNCATED, "HTTP/1.1 401 "},
        {HEALTH_FAULT("\"bad_chunk\""), END_TRUNCATED, "chunked"},
        {HEALTH_FAULT("\"many_1xx\""), END_ORDERLY, "HTTP/1.1 103 "},
        {HEALTH_FAULT("\"huge_headers\""), END_ORDERLY, "HTTP/1.1 401 "},
        {HEALTH_FAULT("\"oversized_body\""), END_NONE, "HTTP/1.1 401 "},
    };
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};
    for (size_t i = 0; i < 2 * sizeof rows / sizeof rows[0]; i++) {
        const struct line_options options = {.scenario = rows[i / 2].scenario,
                                             .version = versions[i % 2]};
        COG_CLEANUP(line_close) struct line line;
        line_open(&line, &options);
        cr_assert(shake_hands(&line));

        const enum end end = ask(&line, HEALTH);

        cr_expect(end == rows[i / 2].end, "%s ends with %d, expected %d", options.scenario, end,
                  rows[i / 2].end);
        /* Not text to its end: garbage has bytes of any kind. */
        if (strlen(rows[i / 2].received) == 0) {
            EXPECT_INT(line.received_length, 0);
        } else {
            EXPECT_CONTAINS(line.received, rows[i / 2].received);
        }
    }
}

Test(tls_fault, delays_until_the_clock_says_so)
{
    const struct line_options options = {.scenario =
                                             HEALTH_FAULT("{\"kind\":\"delay\",\"delay\":\"5s\"}")};
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &options);
    cr_assert(shake_hands(&line));
    EXPECT_INT(ask(&line, HEALTH), END_NONE);
    EXPECT_INT(line.received_length, 0);

    cog_clock_virtual_advance(&line.clock, 5000);

    EXPECT_INT(read_more(&line), END_NONE);
    EXPECT_CONTAINS(line.received, "HTTP/1.1 401 ");
}

Test(tls_fault, drips_within_the_session)
{
    const struct line_options options = {
        .scenario = HEALTH_FAULT("{\"kind\":\"drip\",\"bytes\":13,\"every\":\"1s\"}")};
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &options);
    cr_assert(shake_hands(&line));
    EXPECT_INT(ask(&line, HEALTH), END_NONE);
    EXPECT_STR(line.received, "HTTP/1.1 401 ");

    cog_clock_virtual_advance(&line.clock, 1000);
    EXPECT_INT(read_more(&line), END_NONE);
    EXPECT_INT(line.received_length, 26);

    cog_clock_virtual_advance(&line.clock, 3600000);
    EXPECT_INT(read_more(&line), END_ORDERLY);
}

Test(tls_fault, hears_what_came_while_it_waited)
{
    const struct line_options options = {.scenario =
                                             "{\"faults\":[{\"call\":\"health\",\"nth\":1,"
                                             "\"inject\":{\"kind\":\"delay\",\"delay\":\"5s\"}}]}"};
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &options);
    cr_assert(shake_hands(&line));
    EXPECT_INT(ask(&line, HEALTH HEALTH), END_NONE);
    EXPECT_INT(mock_http_request_count(line.http), 1);

    cog_clock_virtual_advance(&line.clock, 5000);

    EXPECT_INT(read_more(&line), END_NONE);
    EXPECT_INT(mock_http_request_count(line.http), 2);
}

Test(tls_fault, lets_go_of_a_client_that_took_its_leave)
{
    const struct line_options options = {.scenario = HEALTH_FAULT("\"timeout_after_apply\"")};
    COG_CLEANUP(line_close) struct line line;
    line_open(&line, &options);
    cr_assert(shake_hands(&line));
    EXPECT_INT(ask(&line, HEALTH), END_NONE);
    cr_assert(mock_http_newest_is_parked(line.http));

    (void)SSL_shutdown(line.client);
    hang_up(&line);
    for (int i = 0; i < TURNS_MAX && mock_http_newest_is_parked(line.http); i++) {
        run(&line);
    }

    cr_expect_not(mock_http_newest_is_parked(line.http));
}
