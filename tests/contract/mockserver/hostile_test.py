"""What the fake keeps to, whoever talks to it: no request is read in two ways, nothing that is under
way survives its tenant badly, a reader that does not read costs nothing, and the end is clean.

usage: hostile_test.py COGMOCK
"""

import contextlib
import json
import pathlib
import re
import signal
import socket
import sys
import time
import unittest
import urllib.error
import urllib.request

COGMOCK = sys.argv[1]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

SECONDS = 20
# So long it waits at most for what is under way when it is told to end.
STOP_SECONDS = 5
HOST = b"Host: localhost\r\n"
NEXT = b"GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /hooks/a HTTP/1.1\r\nHost: localhost\r\n"
CHUNKS = b"2\r\n{}\r\n0\r\n\r\n"


class Fake(Cogmock):
    """With its own view of how it ended."""

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=SECONDS)
        self.errors = "".join(line for line in errors.splitlines(keepends=True)
                              if not line.startswith("export "))
        self.code = self.process.returncode

    def connect(self, request=b"", receive_size=None):
        connection = socket.socket()
        if receive_size is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_size)
        connection.settimeout(SECONDS)
        connection.connect(("127.0.0.1", self.ready["port"]))
        connection.sendall(request)
        return connection

    def exchange(self, request):
        """Sends bytes, says that there are no more, and ends with all that comes back."""
        answer = b""
        with self.connect(request) as connection, contextlib.suppress(ConnectionResetError):
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
        return answer

    def ask(self, method, path, body=None):
        """Ends with the status and the document."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.ready["control_url"] + path, data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"null")

    def wait_for_requests(self, tenant, count):
        """Until so many have arrived there: each question is answered after what came before it."""
        for _ in range(10000):
            if len(self.ask("GET", f"/tenants/{tenant}/requests")[1]["requests"]) >= count:
                return
        raise AssertionError(f"{tenant} has not heard {count} requests")

    def wait_count(self):
        """How often it has had nothing to do: who never waits for work is busy for nothing."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status, re.M)[1])


class Case(unittest.TestCase):
    def setUp(self):
        self.fake = Fake(COGMOCK)
        self.fake.__enter__()
        self.addCleanup(self.end)

    def end(self):
        """Whatever was done to it: a sanitizer would have said something."""
        if self.fake.process.returncode is None:
            self.fake.__exit__()
        self.assertEqual((self.fake.code, self.fake.errors), (0, ""))


def statuses(answer):
    return [int(number) for number in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


class Framing(Case):
    def test_a_request_that_can_be_read_in_two_ways_is_refused_and_the_next_not_heard(self):
        rows = {
            "lengths that differ": b"Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
            "length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
            "chunks twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + CHUNKS,
            "another coding": b"Transfer-Encoding: gzip\r\n\r\n{}",
            "a list of codings": b"Transfer-Encoding: identity, chunked\r\n\r\n" + CHUNKS,
            "two hosts": b"Host: evil.example\r\nContent-Length: 2\r\n\r\n{}",
            "the end of a line": b"X-Request-Id: a\rSet-Cookie: b\r\nContent-Length: 2\r\n\r\n{}",
        }
        for name, rest in rows.items():
            with self.subTest(name):
                answer = self.fake.exchange(POST + rest + NEXT)
                self.assertEqual(statuses(answer), [400], answer)
                self.assertIn(b"urn:cogmock:malformed-request", answer)
        self.assertEqual(self.fake.ask("GET", "/tenants/default/requests")[1]["requests"], [])

    def test_a_length_that_is_none_ends_the_connection(self):
        for value in (b"-1", b"+2", b"2, 40", b"99999999999999999999", b"0x2", b""):
            with self.subTest(value):
                answer = self.fake.exchange(POST + b"Content-Length: " + value + b"\r\n\r\n{}" + NEXT)
                self.assertNotIn(200, statuses(answer))
                self.assertLessEqual(len(set(statuses(answer))), 2)

    def test_whole_requests_are_answered_one_after_the_other(self):
        rows = {
            "chunks": POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\nX: y\r\n\r\n",
            "the same length twice": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
            "it asks first": POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
            "a body that nobody wants": b"GET /hooks/a HTTP/1.1\r\n" + HOST
                                        + b"Content-Length: 2\r\n\r\n{}",
        }
        for name, request in rows.items():
            with self.subTest(name):
                answer = self.fake.exchange(request + NEXT.replace(b"\r\n\r\n", b"\r\nConnection: "
                                                                                b"close\r\n\r\n"))
                self.assertEqual([s for s in statuses(answer) if s != 100][-1:], [404], answer)
                self.assertEqual(len([s for s in statuses(answer) if s != 100]), 2)

    def test_a_value_with_a_tab_comes_back_with_a_space(self):
        answer = self.fake.exchange(b"GET /a HTTP/1.1\r\n" + HOST + b"X-Request-Id: a\tb\r\n"
                                    b"Connection: close\r\n\r\n")
        self.assertEqual(statuses(answer), [404])
        self.assertIn(b"X-Request-Id: a b\r\n", answer)

    def test_methods_that_no_path_has_are_refused(self):
        for target in (b"/api/v1/health", b"/__mock/v1/health", b"/__mock/v1/events"):
            for method in (b"HEAD", b"OPTIONS", b"TRACE", b"BREW"):
                with self.subTest((method, target)):
                    answer = self.fake.exchange(method + b" " + target + b" HTTP/1.1\r\n" + HOST
                                                + b"Connection: close\r\n\r\n")
                    self.assertEqual(statuses(answer), [405])


class Names(Case):
    def test_no_name_leads_out_of_its_place(self):
        for name in ("..", ".", "%2e%2e", "..%2f..%2fetc", "a%2Fb", "a%00b", "%00", "A", "a%0d%0ab",
                     "x" * 65, "%zz", "-a"):
            with self.subTest(name):
                self.assertIn(self.fake.ask("PUT", f"/tenants/{name}", {})[0], (400, 404))
                answer = self.fake.exchange(f"GET /t/{name}/x HTTP/1.1\r\nHost: localhost\r\n"
                                            "Connection: close\r\n\r\n".encode())
                self.assertEqual(statuses(answer), [404])
        self.assertEqual(len(self.fake.ask("GET", "/tenants")[1]["tenants"]), 1)

    def test_only_its_own_names_may_call_the_control_plane(self):
        rows = {
            "localhost": 200, "LOCALHOST:80": 200, "127.0.0.1:1": 200, "[::1]": 200,
            "[::1]:80": 200, "evil.example": 403, "localhost.evil.example": 403,
            "127.0.0.1.evil.example": 403, "[::1": 403, "::1": 403, "[::2]": 403,
        }
        for host, status in rows.items():
            with self.subTest(host):
                answer = self.fake.exchange(f"GET /__mock/v1/health HTTP/1.1\r\nHost: {host}\r\n"
                                            "Connection: close\r\n\r\n".encode())
                self.assertEqual(statuses(answer), [status])

    def test_a_page_of_another_site_may_not_call(self):
        for origin in ("null", "http://evil.example", "http://localhost:1", "file://",
                       "http://localhost.evil.example", "https://localhost:2"):
            with self.subTest(origin):
                answer = self.fake.exchange("GET /__mock/v1/health HTTP/1.1\r\nHost: localhost\r\n"
                                            f"Origin: {origin}\r\nConnection: close\r\n\r\n".encode())
                self.assertEqual(statuses(answer), [403])

    def test_nothing_that_splits_an_answer_is_taken(self):
        for value in ("a\r\nSet-Cookie: b", "a\nb", "a\rb"):
            stub = {"path": "/x", "answer": {"headers": {"X-A": value}}}
            fault = {"call": "health", "inject": {"kind": "headers", "headers": {"X-A": value}}}
            for path, body in (("stubs", stub), ("faults", fault)):
                with self.subTest((path, value)):
                    self.assertEqual(self.fake.ask("POST", f"/tenants/default/{path}", body)[0], 400)

    def test_tenants_beyond_the_limit_leave_no_trace(self):
        with Fake(COGMOCK, "--max-tenants", "2") as fake:
            self.assertEqual(fake.ask("PUT", "/tenants/a", {})[0], 201)
            for _ in range(3):
                self.assertEqual(fake.ask("PUT", "/tenants/b", {"faults": []})[0], 507)
                self.assertEqual(fake.ask("GET", "/tenants/b/clock")[0], 507)
                self.assertIn(b" 507 ", fake.exchange(b"GET /t/b/x HTTP/1.1\r\n" + HOST
                                                      + b"Connection: close\r\n\r\n"))
            self.assertEqual(fake.ask("DELETE", "/tenants/a")[0], 204)
            self.assertEqual(fake.ask("PUT", "/tenants/b", {})[0], 201)
        self.assertEqual((fake.code, fake.errors), (0, ""))


# What a tenant can be busy with: each waits in its own way.
SCENARIO = {
    "server": {"stubs": [{"path": "/delayed", "answer": {"body": "x", "delay": "1h"}}]},
    "faults": [
        {"call": "health", "inject": {"kind": "timeout_after_apply"}},
        {"call": "sessions", "inject": {"kind": "drip", "bytes": 1, "every": "1h"}},
        {"call": "webhook", "nth": 1, "inject": {"kind": "stall_upload"}},
    ],
}
UNDER_WAY = {
    "hang": b"GET /t/a/api/v1/health HTTP/1.1\r\n" + HOST + b"\r\n",
    "drip": b"GET /t/a/api/v1/environments/env-target/sessions HTTP/1.1\r\n" + HOST + b"\r\n",
    "stalled upload": b"POST /t/a/hooks/ci HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\n{",
    "slow upload": b"POST /t/a/hooks/slow HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\n{",
    "delay": b"GET /t/a/delayed HTTP/1.1\r\n" + HOST + b"\r\n",
}
LISTEN = b"GET /__mock/v1/events?tenant=a HTTP/1.1\r\n" + HOST + b"\r\n"


class UnderWay(Case):
    def begin(self):
        """One request of each kind, and somebody who listens. Ends with their connections."""
        self.assertEqual(self.fake.ask("PUT", "/tenants/a", SCENARIO)[0] // 100, 2)
        self.assertEqual(self.fake.ask("PUT", "/tenants/a/clock", {"mode": "stopped"})[0], 200)
        connections = {}
        for count, (name, request) in enumerate(UNDER_WAY.items(), 1):
            connections[name] = self.fake.connect(request)
            self.addCleanup(connections[name].close)
            self.fake.wait_for_requests("a", count)
        connections["listener"] = self.fake.connect(LISTEN)
        self.addCleanup(connections["listener"].close)
        self.assertIn(b"200 OK", connections["listener"].recv(65536))
        return connections

    def test_a_tenant_may_go_and_begin_again_whatever_it_is_busy_with(self):
        state = self.fake.ask("GET", "/tenants/a/state")[1]
        changes = [
            ("POST", "/tenants/a/reset", None, (200,)),
            ("PUT", "/tenants/a", {"faults": []}, (200,)),
            ("PUT", "/tenants/a/state", state, (200,)),
            ("DELETE", "/tenants/a", None, (204,)),
            ("PATCH", "/tenants/a/server", {"stubs": [], "hooks": {}}, (200,)),
            ("DELETE", "/tenants/a/faults", None, (204,)),
            ("DELETE", "/tenants/a/stubs", None, (204,)),
            ("DELETE", "/tenants/a/requests", None, (204,)),
            ("POST", "/tenants/a/clock/advance", {"by": "2h"}, (200,)),
            ("POST", "/tenants/a/clock/advance", {"to": "next"}, (200, 409)),
        ]
        for method, path, body, allowed in changes:
            with self.subTest((method, path)):
                connections = self.begin()
                self.assertIn(self.fake.ask(method, path, body)[0], allowed)
                # What came before goes on: this one gets the rest of its body, and its answer.
                connections["slow upload"].sendall(b"1234567}")
                self.assertIn(b"HTTP/1.1 204 ", connections["slow upload"].recv(65536))
                connections["hang"].close()
                connections["stalled upload"].close()
                self.assertEqual(self.fake.ask("DELETE", "/tenants/a")[0] // 100 in (2, 4), True)
                self.assertEqual(self.fake.ask("GET", "/health")[0], 200)

    def test_an_answer_that_waits_comes_when_the_clock_is_turned_on_the_way(self):
        connections = self.begin()

        self.fake.ask("POST", "/tenants/b/clock/advance", {"by": "2h"})
        self.fake.ask("POST", "/tenants/a/clock/advance", {"by": "2h"})

        self.assertIn(b"HTTP/1.1 200 ", connections["delay"].recv(65536))

    def test_the_end_comes_in_the_middle_of_all_that(self):
        self.begin()
        self.fake.__exit__()
        self.assertEqual((self.fake.code, self.fake.errors), (0, ""))


class Reader(Case):
    def test_who_listens_or_waits_does_not_hold_up_the_end(self):
        stub = {"path": "/late", "answer": {"body": "late", "delay": "1h"}}
        self.assertEqual(self.fake.ask("POST", "/tenants/default/stubs", stub)[0], 201)
        with self.fake.connect(LISTEN) as listener, self.fake.connect(
                b"GET /late HTTP/1.1\r\n" + HOST + b"\r\n") as late:
            self.assertIn(b"200 OK", listener.recv(65536))
            self.fake.wait_for_requests("default", 1)
            before = time.monotonic()
            self.fake.__exit__()
            self.assertIn(b"late", late.recv(65536))
        self.assertLess(time.monotonic() - before, STOP_SECONDS - 1)

    def test_who_listens_without_reading_and_has_said_all_costs_nothing(self):
        connection = self.fake.connect(b"GET /__mock/v1/events HTTP/1.1\r\n" + HOST + b"\r\n",
                                       receive_size=4096)
        self.addCleanup(connection.close)
        with self.fake.connect() as noise:
            request = b"GET /" + b"x" * 8000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"
            for _ in range(400):
                noise.sendall(request)
                noise.recv(65536)
        connection.shutdown(socket.SHUT_WR)
        before = self.fake.wait_count()

        for _ in range(50):
            self.assertEqual(self.fake.ask("GET", "/health")[0], 200)

        self.assertGreater(self.fake.wait_count() - before, 10)


if __name__ == "__main__":
    main()
