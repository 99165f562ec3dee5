"""The journal, verification and the verdict on conduct, over HTTP: for a client in any language.

usage: records_test.py COGPROMOTE, with COGMOCK in the environment
"""

import base64
import http.client
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "support"))
from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

COGMOCK = os.environ["COGMOCK"]
COGPROMOTE = sys.argv[1]
BASE = "/__mock/v1/tenants/default"
BASIC = "Basic " + base64.b64encode(b"dev-client:dev-secret").decode()
PROMOTION = {
    "source_environment_id": "env-source", "target_environment_id": "env-target",
    "resolve_dependencies": True, "sync_configuration": True,
    "platform_version_compatibility": "v1.18.0", "override_active_sessions": False,
    "include_webhooks": True, "include_integrations": True,
}


class Client:
    """As naive as clients are: one connection, no ids, no patience."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.token = None

    def send(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if isinstance(body, dict):
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        except (http.client.HTTPException, ConnectionError):
            self.connection.close()
            return 0, None

    def fetch_token(self):
        self.token = None
        status, answer = self.send("POST", "/api/v1/oauth/token", "grant_type=client_credentials", {
            "Authorization": BASIC, "Content-Type": "application/x-www-form-urlencoded"})
        self.token = answer["access_token"]
        return status


class Case(unittest.TestCase):
    def begin(self, scenario=None, *arguments):
        """Starts the fake; `self.client` has a token, `self.control` needs none."""
        if scenario is not None:
            file = tempfile.NamedTemporaryFile("w", suffix=".json")
            self.addCleanup(file.close)
            json.dump(scenario, file)
            file.flush()
            arguments = ("--scenario", file.name, *arguments)
        self.mock = Cogmock(COGMOCK, *arguments)
        self.mock.__enter__()
        self.addCleanup(self.mock.__exit__)
        self.client, self.control = (Client(self.mock.ready["port"]) for _ in range(2))
        for client in self.client, self.control:
            self.addCleanup(client.connection.close)
        self.client.fetch_token()

    def ask(self, path, expected=200):
        status, answer = self.control.send("GET", BASE + path)
        self.assertEqual(status, expected, answer)
        return answer

    def verify(self, expectation):
        return self.control.send("POST", BASE + "/verify", expectation)

    def rules(self, query=""):
        answer = self.ask("/conduct" + query)
        bad = {finding["rule"] for finding in answer["findings"] if finding["severity"] == "bad"}
        self.assertEqual(answer["verdict"], "bad" if bad else "good")
        return bad


class Journal(Case):
    def test_lists_what_arrived_and_filters_it(self):
        self.begin()
        self.client.send("GET", "/api/v1/health")
        self.client.send("GET", "/api/v1/nothing")
        rows = [("", [1, 2, 3]), ("?call=health", [2]), ("?status=4xx", [3]), ("?status=200", [1, 2]),
                ("?method=POST", [1]), ("?path=/api/v1/h", [2]), ("?since=1", [2, 3]),
                ("?limit=2", [1, 2]), ("?state=done", [1, 2, 3]), ("?client=nobody", []),
                ("?fault=*", []), ("?fault=", [1, 2, 3])]
        for query, numbers in rows:
            with self.subTest(query=query):
                answer = self.ask("/requests" + query)
                self.assertEqual([item["number"] for item in answer["requests"]], numbers)
                self.assertEqual(answer["dropped"], 0)
        self.assertEqual(self.ask("/requests?limit=2")["next"], 2)
        self.assertEqual(self.ask("/requests?limit=2&since=2")["next"], 3)

    def test_refuses_a_query_that_it_does_not_know(self):
        self.begin()
        for query, detail in [("?limt=1", "did you mean 'limit'?"), ("?limit=1001", "from 1 to 1000"),
                              ("?status=x", "such as 404"), ("?state=x", "expected arrived"),
                              ("?call=tokn", "did you mean 'token'?"),
                              ("?call=%zz", "cannot be decoded")]:
            with self.subTest(query=query):
                self.assertIn(detail, self.ask("/requests" + query, 400)["detail"])

    def test_shows_one_request_with_both_sides_and_no_secret(self):
        self.begin()
        answer = self.ask("/requests/1")
        headers = {header["name"]: header["value"] for header in answer["headers"]}
        self.assertEqual(headers["Authorization"], "Basic dev-client")
        self.assertEqual(answer["body"], "grant_type=client_credentials")
        self.assertEqual(json.loads(answer["answer"]["body"])["access_token"], "(t-1)")
        self.assertEqual((answer["token"], answer["client"]), ("t-1", "dev-client"))
        self.assertEqual((answer["connection"], answer["connection_request"]), (1, 1))
        self.client.send("GET", "/api/v1/health")
        second = self.ask("/requests/2")
        self.assertEqual((second["connection"], second["connection_request"]), (1, 2))
        everything = json.dumps([answer, second, self.ask("/requests.har")])
        self.assertNotIn(self.client.token, everything)
        self.assertNotIn(BASIC[6:], everything)
        self.ask("/requests/99", 404)

    def test_is_emptied_and_numbers_go_on(self):
        self.begin()
        self.assertEqual(self.control.send("DELETE", BASE + "/requests"), (204, None))
        self.client.send("GET", "/api/v1/health")
        self.assertEqual([item["number"] for item in self.ask("/requests")["requests"]], [2])

    def test_shows_bytes_that_are_no_text_as_base64(self):
        self.begin()
        self.client.send("POST", "/hooks/ci", b"\xff\x00\x01")
        answer = self.ask("/requests/2")
        self.assertEqual(base64.b64decode(answer["body_base64"]), b"\xff\x00\x01")
        self.assertNotIn("body", answer)


class Archive(Case):
    REQUIRED = {
        "": ("startedDateTime", "time", "request", "response", "cache", "timings"),
        "request": ("method", "url", "httpVersion", "cookies", "headers", "queryString",
                    "headersSize", "bodySize"),
        "response": ("status", "statusText", "httpVersion", "cookies", "headers", "content",
                     "redirectURL", "headersSize", "bodySize"),
        "timings": ("send", "wait", "receive"),
    }

    def test_has_every_member_that_har_1_2_requires(self):
        self.begin({"faults": [{"call": "health", "inject": "reset_after_apply"}]})
        self.client.send("GET", "/api/v1/health?a=b%20c&d")
        self.client.send("POST", "/api/v1/deployments/promote", PROMOTION)
        log = self.ask("/requests.har")["log"]
        self.assertEqual((log["version"], log["creator"]["name"]), ("1.2", "cogmock"))
        self.assertEqual(len(log["entries"]), 3)
        for entry in log["entries"]:
            for part, members in self.REQUIRED.items():
                for member in members:
                    self.assertIn(member, entry[part] if part else entry)
            self.assertEqual(entry["time"], sum(entry["timings"].values()))
            self.assertLessEqual({"size", "mimeType"}, set(entry["response"]["content"]))
        port = self.mock.ready["port"]
        asked = log["entries"][1]["request"]
        self.assertEqual(asked["url"], f"http://127.0.0.1:{port}/api/v1/health?a=b%20c&d")
        self.assertEqual(asked["queryString"], [{"name": "a", "value": "b c"},
                                                {"name": "d", "value": ""}])
        self.assertIn("reset_after_apply", log["entries"][1]["comment"])
        posted = log["entries"][2]["request"]["postData"]
        self.assertEqual((posted["mimeType"], json.loads(posted["text"])),
                         ("application/json", PROMOTION))


class Verification(Case):
    def test_confirms_that_promote_was_called_exactly_once_with_this_body(self):
        self.begin()
        self.client.send("POST", "/api/v1/deployments/promote", PROMOTION)
        status, answer = self.verify({"call": "promote", "count": 1, "body": PROMOTION})
        self.assertEqual((status, answer["verified"], answer["count"]), (200, True, 1))

    def test_names_the_nearest_call_and_what_differed(self):
        self.begin()
        self.client.send("POST", "/api/v1/deployments/promote", PROMOTION)
        status, answer = self.verify({"call": "promote", "body": {"target_environment_id": "x"}})
        self.assertEqual((status, answer["status"], answer["verified"]), (422, 422, False))
        nearest = answer["expectations"][0]["nearest"][0]
        self.assertEqual(nearest["number"], 2)
        self.assertEqual(nearest["differences"], [{
            "member": "body.target_environment_id", "expected": "x", "was": "env-target",
            "text": 'body.target_environment_id: expected "x", was "env-target"'}])

    def test_refuses_what_it_does_not_understand_with_its_place(self):
        self.begin()
        status, answer = self.control.send(
            "POST", BASE + "/verify", '{"expectations":\n [{"cal": "x"}]}',
            {"Content-Type": "application/json"})
        self.assertEqual(status, 400)
        self.assertIn("body:2:4: unknown key 'cal', did you mean 'call'?", answer["detail"])


class Conduct(Case):
    def test_of_a_naive_client_is_bad_in_each_rule(self):
        self.begin({
            "server": {"poll_retry_after": "1h", "oauth": {"revoke_at": ["0s"]}},
            "faults": [
                {"call": "health", "inject": {"status": 500}},
                {"call": "metrics", "attempts": [1], "inject": {"status": 429, "retry_after": "1h"}},
                {"call": "versions", "attempts": [1], "inject": {"status": 401}},
                {"call": "promote", "attempts": [1], "inject": "reset_after_apply"},
            ]})
        for _ in range(4):
            self.client.send("GET", "/api/v1/health")
        for _ in range(2):
            self.client.send("GET", "/api/v1/environments/env-target/metrics")
            self.client.send("GET", "/api/v1/bots/bot-1/versions")
            self.client.send("POST", "/api/v1/deployments/promote", PROMOTION)
        for _ in range(2):
            self.client.send("GET", "/api/v1/deployments/job-1/status")
        self.assertEqual(self.rules(), {
            "too_many_attempts", "flat_backoff", "early_retry", "dropped_token", "unkeyed_repeat",
            "fast_polling"})

    def test_blames_nobody_for_a_token_that_a_turned_clock_ended(self):
        self.begin({"server": {"oauth": {"expires_in": "1h"}}})
        self.control.send("POST", BASE + "/clock/advance", {"by": "2h"})
        self.client.send("GET", "/api/v1/health")
        self.assertEqual(self.rules(), set())

    def test_takes_its_limits_from_the_query(self):
        self.begin({"faults": [{"call": "health", "inject": {"status": 500}}]})
        for _ in range(2):
            self.client.send("GET", "/api/v1/health")
        self.assertEqual(self.rules(), set())
        self.assertEqual(self.rules("?max_attempts=1"), {"too_many_attempts"})
        self.assertEqual(self.rules("?max_attempts=1&since=2"), set())
        for query in "?max_attempts=0", "?tolerance=x", "?tolerence=1s":
            self.ask("/conduct" + query, 400)

    def test_tells_the_times_between_attempts(self):
        self.begin({"faults": [{"call": "health", "attempts": [1], "inject": {"status": 500}}]})
        for _ in range(2):
            self.client.send("GET", "/api/v1/health")
        interval, = self.ask("/conduct")["intervals"]
        self.assertEqual((interval["call"], interval["path"], interval["requests"]),
                         ("health", "/health", [2, 3]))
        self.assertEqual(len(interval["intervals_ms"]), 1)

    def test_of_cogpromote_is_good_whatever_strikes(self):
        rows = [
            [],
            [{"call": "status", "nth": 2, "inject": {"status": 502}}],
            [{"call": "health", "attempts": [1, 2], "inject": {"status": 503}}],
            [{"call": "sessions", "attempts": [1], "inject": {"status": 429, "retry_after": "1s"}}],
            [{"call": "sessions", "attempts": [1], "inject": {"status": 401}}],
            [{"call": "promote", "attempts": [1], "inject": "reset_after_apply"}],
            [{"call": "promote", "attempts": [1], "inject": {"status": 504}}],
            [{"call": "webhook", "attempts": [1, 2], "inject": {"status": 500}}],
        ]
        for faults in rows:
            with self.subTest(faults=faults), tempfile.TemporaryDirectory() as folder:
                self.begin({"server": {"job": {"timeline": [{"at": "1s", "complete": True}]}},
                            "faults": faults})
                subprocess.run([COGPROMOTE, "promote", "--poll-interval", "200ms"],
                               env={"COGPROMOTE_STATE_DIR": folder, **self.mock.variables()},
                               capture_output=True, timeout=60, check=False)
                self.assertGreater(self.ask("/conduct")["requests"], 10)
                self.assertEqual(self.rules("?poll_interval=200ms"), set())


main()
