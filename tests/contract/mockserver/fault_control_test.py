"""Faults that are armed, listed and removed over HTTP, while the fake serves."""

import http.client
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "support"))
from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

COGMOCK = os.environ["COGMOCK"]
SECONDS = 20
FAULTS = "/__mock/v1/tenants/default/faults"


class Control(unittest.TestCase):
    def setUp(self):
        self.cogmock = Cogmock(COGMOCK)
        self.cogmock.__enter__()
        self.addCleanup(self.cogmock.__exit__)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.cogmock.ready["port"], SECONDS)

    def ask(self, method, path, body=None, content_type="application/json"):
        """Status, headers and the body, which is parsed if it is JSON."""
        text = body if body is None or isinstance(body, str) else json.dumps(body)
        connection = self.connect()
        connection.request(method, path, text, {} if text is None else {"Content-Type": content_type})
        response = connection.getresponse()
        data = response.read()
        connection.close()
        is_json = "json" in response.headers.get("Content-Type", "")
        return response.status, response.headers, json.loads(data) if is_json else data

    def arm(self, fault, path=FAULTS):
        status, _, body = self.ask("POST", path, fault)
        self.assertEqual(status, 201, body)
        return body

    def test_one_is_armed_strikes_is_listed_and_is_spent(self):
        fault = {"call": "health", "times": 1, "inject": {"status": 503, "retry_after": "3s"}}
        status, headers, armed = self.ask("POST", FAULTS, fault)
        self.assertEqual((status, headers["Location"]), (201, f"{FAULTS}/f-1"))
        at_ms = armed.pop("armed_ms")
        self.assertEqual(armed, {
            "id": "f-1", "fault": fault, "name": "status 503",
            "description": "health: status 503, not applied", "phase": "status", "applied": False,
            "origin": "control", "from_ms": at_ms, "until_ms": None, "struck": 0, "lost": 0,
            "remaining": 1,
        })
        status, headers, _ = self.ask("GET", "/api/v1/health")
        self.assertEqual((status, headers["Retry-After"]), (503, "3"))
        self.assertEqual(self.ask("GET", "/api/v1/health")[0], 401)
        _, _, one = self.ask("GET", f"{FAULTS}/f-1")
        self.assertEqual((one["struck"], one["remaining"]), (1, 0))
        self.assertEqual(self.ask("GET", FAULTS)[2], {"faults": [one]})

    def test_a_list_is_armed_at_once_or_not_at_all(self):
        good = {"call": "status", "inject": "not_json"}
        _, _, armed = self.ask("POST", FAULTS, {"faults": [good, {**good, "for": "30s"}]})
        first, second = armed["faults"]
        self.assertEqual([first["id"], second["id"]], ["f-1", "f-2"])
        self.assertEqual(second["until_ms"], second["armed_ms"] + 30000)
        status, _, _ = self.ask("POST", FAULTS, {"faults": [good, {"call": "status"}]})
        self.assertEqual(status, 400)
        self.assertEqual(len(self.ask("GET", FAULTS)[2]["faults"]), 2)

    def test_what_is_removed_strikes_no_more(self):
        for _ in range(3):
            self.arm({"call": "health", "inject": {"status": 503}})
        self.assertEqual(self.ask("DELETE", f"{FAULTS}/f-2")[0], 204)
        self.assertEqual(self.ask("DELETE", f"{FAULTS}/f-2")[0], 404)
        self.assertEqual(self.ask("GET", f"{FAULTS}/f-2")[0], 404)
        self.assertEqual(self.ask("GET", "/api/v1/health")[0], 503)
        self.assertEqual(self.ask("DELETE", FAULTS)[0], 204)
        self.assertEqual(self.ask("GET", "/api/v1/health")[0], 401)
        self.assertEqual(self.ask("GET", FAULTS)[2], {"faults": []})

    def test_a_tenant_has_its_own(self):
        self.arm({"call": "health", "inject": {"status": 503}}, "/__mock/v1/tenants/acme/faults")
        self.assertEqual(self.ask("GET", "/t/acme/api/v1/health")[0], 503)
        self.assertEqual(self.ask("GET", "/api/v1/health")[0], 401)
        self.assertEqual(self.ask("DELETE", "/__mock/v1/tenants/nobody/faults")[0], 404)

    def test_what_is_wrong_is_told_with_its_place(self):
        rows = [
            ('{"call": "health",\n "inject": "explode"}', "body:2:12: "),
            ('{"call": "helth", "inject": "not_json"}', "did you mean 'health'"),
            ("{}", "'inject'"),
            ('{"faults": {}}', "array"),
            ('{"faults": [], "call": "health"}', "'call'"),
            ("{", "body:1:"),
            ('{"inject": "refused"}', 'give it an end, "for": "30s"'),
            ('{"inject": "connect_timeout"}', 'give it an end, "for": "30s"'),
            ('{"inject": "reset_on_accept"}', '"connections": 3'),
            ('{"inject": "refused", "connections": 1}', "cannot count connections"),
            ('{"inject": "dns_fail"}', "below .invalid"),
        ]
        for text, expected in rows:
            with self.subTest(text):
                status, _, problem = self.ask("POST", FAULTS, text)
                self.assertEqual((status, problem["status"]), (400, 400))
                self.assertIn(expected, problem["detail"])
        status, _, _ = self.ask("POST", FAULTS, "{}", "text/plain")
        self.assertEqual(status, 415)
        self.assertEqual(self.ask("PUT", FAULTS, "{}")[0], 405)

    def test_the_port_is_that_of_the_default_tenant(self):
        status, _, problem = self.ask("POST", "/__mock/v1/tenants/acme/faults",
                                      {"inject": "refused", "for": "1s"})
        self.assertEqual(status, 400)
        self.assertIn("'default'", problem["detail"])

    def test_the_port_is_closed_for_the_first_who_comes(self):
        self.arm({"inject": "refused", "for": "1h"})
        with self.assertRaises(ConnectionError):
            self.ask("GET", "/api/v1/health")

    def test_a_port_that_was_closed_opens_again(self):
        self.arm({"inject": "refused", "for": "200ms"})
        refused_count = 0
        while True:
            try:
                status, _, _ = self.ask("GET", f"{FAULTS}/f-1")
                break
            except ConnectionError:
                refused_count += 1
        self.assertEqual(status, 200)
        self.assertGreater(refused_count, 0)

    def test_so_many_connections_are_reset(self):
        self.arm({"inject": "reset_on_accept", "connections": 2})
        for _ in range(2):
            with self.assertRaises(ConnectionError):
                self.ask("GET", "/api/v1/health")
        self.assertEqual(self.ask("GET", "/api/v1/health")[0], 401)

    def test_no_more_than_a_thousand(self):
        fault = {"call": "status", "inject": "not_json"}
        self.arm({"faults": [fault] * 1000})
        status, _, problem = self.ask("POST", FAULTS, fault)
        self.assertEqual(status, 507)
        self.assertIn("more than 1000 faults", problem["detail"])


main()
