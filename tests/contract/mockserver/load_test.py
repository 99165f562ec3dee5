"""Many requests with faults at random, while others turn every knob and listen: no sanitizer has
anything to say, memory and descriptors are in the end where they were, and the end is clean.

usage: load_test.py COGMOCK [COUNT]
"""

import contextlib
import http.client
import json
import os
import pathlib
import signal
import socket
import sys
import threading
import unittest

COGMOCK = sys.argv[1]
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

SECONDS = 60
CLIENTS = 4
ROUNDS = 4
PIPELINE = 20
TENANTS = ("a", "b", "c")
# Whoever waits for what never comes gives up; all else is there long before.
PATIENCE_SECONDS = 0.5
GROWTH_KIB_MAX = 16 << 10


def fault(probability, inject, **place):
    return {"call": "health", "probability": probability, "inject": inject} | place


SCENARIO = {"faults": [
    fault(0.01, "reset_after_headers"),
    fault(0.02, {"kind": "status", "status": 503}),
    fault(0.02, {"kind": "delay", "delay": "2s"}),
    fault(0.01, "truncated_body"),
    fault(0.01, {"kind": "drip", "bytes": 16, "every": "1s"}),
    fault(0.001, "timeout_after_apply"),
    fault(0.01, "malformed_json"),
    fault(0.01, "many_headers"),
]}


def request(tenant, is_last):
    ending = b"Connection: close\r\n" if is_last else b""
    return (f"GET /t/{tenant}/api/v1/health HTTP/1.1\r\nHost: localhost\r\n".encode() + ending
            + b"\r\n")


class Load(unittest.TestCase):
    def setUp(self):
        self.fake = Cogmock(COGMOCK, "--time-scale", "1000", "--journal", "500")
        self.fake.__enter__()
        self.addCleanup(self.fake.process.kill)
        self.port = self.fake.ready["port"]
        self.is_over = threading.Event()
        self.problems = []

    def guarded(self, work, *arguments):
        try:
            work(*arguments)
        except Exception as problem:  # noqa: BLE001: whatever it is, the test tells of it
            self.problems.append(repr(problem))

    def start(self, work, *arguments):
        thread = threading.Thread(target=self.guarded, args=(work, *arguments))
        thread.start()
        return thread

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)

    def call(self, count, number):
        """So many requests; a connection that breaks on the way has had its share."""
        for i in range(count // PIPELINE):
            tenant = TENANTS[(i + number) % len(TENANTS)]
            with self.connect() as connection, contextlib.suppress(OSError):
                connection.settimeout(PATIENCE_SECONDS)
                connection.sendall(b"".join(request(tenant, j == PIPELINE - 1)
                                            for j in range(PIPELINE)))
                while connection.recv(65536):
                    pass

    def ask(self, connection, method, path, body=None):
        connection.request(method, "/__mock/v1" + path, None if body is None else json.dumps(body),
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 500:
            self.problems.append(f"{method} {path}: {answer.status}")

    def control(self):
        """Everything that can be turned, again and again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        number = 0
        while not self.is_over.is_set():
            tenant = "/tenants/" + TENANTS[number % len(TENANTS)]
            number += 1
            self.ask(connection, "POST", tenant + "/faults", SCENARIO["faults"][:3])
            self.ask(connection, "GET", tenant + "/requests?limit=20")
            self.ask(connection, "GET", tenant + "/conduct")
            self.ask(connection, "POST", tenant + "/clock/advance", {"by": "1m"})
            self.ask(connection, "POST", tenant + "/stubs", {"path": "/x", "answer": {"body": "x"}})
            self.ask(connection, "GET", tenant + "/state")
            self.ask(connection, "POST", "/tenants/d/reset")
            if number % 5 == 0:
                self.ask(connection, "DELETE", tenant)
            self.ask(connection, "PUT", tenant, SCENARIO)
        connection.close()

    def listen(self, reads):
        """Comes and goes; one who does not read loses what he does not take."""
        while not self.is_over.is_set():
            with self.connect() as connection:
                connection.sendall(b"GET /__mock/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                for _ in range(200 if reads else 1):
                    connection.recv(65536)
                    if self.is_over.is_set():
                        break
                if not reads:
                    self.is_over.wait(PATIENCE_SECONDS)

    def attack(self, count):
        """One round: all at the same time."""
        self.is_over.clear()
        others = [self.start(self.control), self.start(self.listen, True),
                  self.start(self.listen, False)]
        for client in [self.start(self.call, count // CLIENTS, i) for i in range(CLIENTS)]:
            client.join()
        self.is_over.set()
        # Something has to happen for who waits for it.
        self.call(PIPELINE, 0)
        for thread in others:
            thread.join()

    def resident_kib(self):
        status = pathlib.Path(f"/proc/{self.fake.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if "VmRSS" in line))

    def rest(self):
        """All tenants begin again. @return descriptors and memory, when nobody is there but us"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        for tenant in (*TENANTS, "d"):
            self.ask(connection, "PUT", "/tenants/" + tenant, SCENARIO)
        count = len(os.listdir(f"/proc/{self.fake.process.pid}/fd"))
        for _ in range(1000):
            self.ask(connection, "GET", "/health")
            count = len(os.listdir(f"/proc/{self.fake.process.pid}/fd"))
            if count <= self.descriptor_count:
                break
        connection.close()
        return count, self.resident_kib()

    def test_it_stays_what_it_was(self):
        self.descriptor_count = 0
        self.descriptor_count = self.rest()[0]
        self.attack(COUNT // ROUNDS)
        before = self.rest()[1]

        for _ in range(ROUNDS - 1):
            self.attack(COUNT // ROUNDS)

        count, after = self.rest()
        self.assertEqual(self.problems, [])
        self.assertLessEqual(count, self.descriptor_count)
        self.assertLess(after - before, GROWTH_KIB_MAX)
        self.fake.process.send_signal(signal.SIGTERM)
        _, errors = self.fake.process.communicate(timeout=SECONDS)
        errors = [line for line in errors.splitlines() if not line.startswith("export ")]
        self.assertEqual((self.fake.process.returncode, errors), (0, []))


if __name__ == "__main__":
    main()
